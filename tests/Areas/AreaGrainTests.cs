using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Orleans.Concurrency;

namespace CivicSignals.Tests.Areas;

public sealed class AreaGrainTests : IClassFixture<AreaCluster>
{
    private static int _tests;
    private readonly AreaCluster _cluster;
    private readonly Place _inside;

    public AreaGrainTests(AreaCluster cluster)
    {
        _cluster = cluster;
        // Areas of its own for each test: activations outlive it.
        _inside = new(53.0466, -2.9925 + (0.2 * Interlocked.Increment(ref _tests)), 15);
    }

    private MemoryLedger Ledger => _cluster.Ledger;

    /// <summary>What was committed here: areas of other tests may still compare their edges.</summary>
    private IEnumerable<LedgerEntry> Entries => Ledger.Committed(Quadkey.At(_inside.Lat, _inside.Lon, Quadkey.DefaultZoom));

    [Fact]
    public async Task OfferAsync_Evidence_IsInTheLedgerWhenItReturns()
    {
        var receipt = await Offer(_inside, Smoke("p1", _inside));
        Assert.Equal([SignalOutcome.Evidence], receipt.Outcomes);
        Assert.Contains(Entries, entry => entry.Type == EntryType.Evidence);
    }

    [Fact]
    public async Task OfferAsync_CommitNotDone_DoesNotReturn()
    {
        var gate = new TaskCompletionSource();
        Ledger.Before.Enqueue(() => gate.Task);
        var offer = Offer(_inside, Smoke("p1", _inside));
        await Task.WhenAny(offer, Task.Delay(200, TestContext.Current.CancellationToken));
        Assert.False(offer.IsCompleted);
        gate.SetResult();
        Assert.Equal([SignalOutcome.Evidence], (await offer).Outcomes);
    }

    [Fact]
    public async Task OfferAsync_CommitFailed_ThrowsAndTheSameAgainIsEvidence()
    {
        Ledger.Before.Enqueue(() => throw new LedgerUnavailableException("disk full"));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Offer(_inside, Smoke("p1", _inside)));
        Assert.Empty(Entries);
        Assert.Equal([SignalOutcome.Evidence], (await Offer(_inside, Smoke("p1", _inside))).Outcomes);
        Assert.Equal([SignalOutcome.Repeated], (await Offer(_inside, Smoke("p1", _inside))).Outcomes);
    }

    [Fact]
    public async Task OfferAsync_AreaWrittenElsewhere_ReloadsAndDecidesAgain()
    {
        await Offer(_inside, Smoke("p1", _inside));
        Ledger.Touch(Quadkey.At(_inside.Lat, _inside.Lon, Quadkey.DefaultZoom));
        Assert.Equal([SignalOutcome.Evidence], (await Offer(_inside, Smoke("p2", _inside))).Outcomes);
        Assert.Single(Entries.Where(e => e.Type == EntryType.Incident).Select(e => e.Incident).Distinct());
    }

    [Fact]
    public async Task OfferAsync_NextHouseBeyondTheTilesEdge_IsSentToTheAreaThatFollowsTheFire()
    {
        var (west, east) = AcrossAnEdge();
        Assert.Null((await Offer(west, Smoke("p1", west))).Redirects);
        var receipt = await Offer(east, Smoke("p2", east));
        Assert.Equal([Quadkey.At(west.Lat, west.Lon, Quadkey.DefaultZoom)], receipt.Redirects!);
        Assert.Equal([SignalOutcome.Evidence], (await Offer(west, Smoke("p2", east), final: true)).Outcomes);
        Assert.Single(Entries.Where(e => e.Type == EntryType.Incident).Select(e => e.Incident).Distinct());

        // Its repeats and its end find their way too.
        Assert.NotNull((await Offer(east, Smoke("p2", east))).Redirects);
        Assert.NotNull((await Offer(east, Smoke("p2", east) with { Active = false })).Redirects);
    }

    [Fact]
    public async Task OfferAsync_ManyNeighboursAtOnce_NeverWaitForEachOther()
    {
        var (west, east) = AcrossAnEdge();
        var offers = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? Offer(west, Smoke($"w{i}", west)) : Offer(east, Smoke($"e{i}", east)));
        await Task.WhenAll(offers).WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ActAsync_UnknownIncident_IsNotFound() =>
        Assert.Equal(
            ActionResult.NotFound,
            await Area(_inside).ActAsync(new OperatorAction("no-such", ActionVerb.Confirm, "u1"), CancellationToken.None));

    private IAreaGrain Area(Place place) => _cluster.Grains.GetGrain<IAreaGrain>(Quadkey.At(place.Lat, place.Lon, Quadkey.DefaultZoom));

    private Task<OfferReceipt> Offer(Place tile, Signal signal, bool final = false) =>
        Area(tile).OfferAsync(new Immutable<Signal[]>([signal]), final, CancellationToken.None);

    private static Signal Smoke(string home, Place place) => new()
    {
        Source = $"homes/{home}/a",
        Kind = "fire.smoke",
        Active = true,
        Place = place,
        ObservedAt = TimeProvider.System.GetUtcNow(),
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        Premises = home,
    };

    /// <summary>Two points 20 m apart, west and east of a tile's edge.</summary>
    private (Place West, Place East) AcrossAnEdge()
    {
        var step = 0.00015;
        for (var lon = _inside.Lon; ; lon += step)
        {
            if (Quadkey.At(_inside.Lat, lon, Quadkey.DefaultZoom) != Quadkey.At(_inside.Lat, lon + step, Quadkey.DefaultZoom))
                return (_inside with { Lon = lon }, _inside with { Lon = lon + (2 * step) });
        }
    }
}
