using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.TestingHost;

namespace CivicSignals.Tests.Areas;

public sealed class AreaGrainTests : IAsyncLifetime
{
    private static readonly Place Inside = new(53.0466, -2.9925, 15);
    private readonly MemoryLedger _ledger = new();
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddGrains()
            .AddSingleton<ILedger>(_ledger)
            .AddSingleton<ILedgerAnnouncer, SilentAnnouncer>()
            .AddSingleton(NeighbourhoodMap.Empty));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task OfferAsync_Evidence_IsInTheLedgerWhenItReturns()
    {
        var receipt = await Offer(Inside, Smoke("p1", Inside));
        Assert.Equal([SignalOutcome.Evidence], receipt.Outcomes);
        Assert.Contains(_ledger.Entries, entry => entry.Type == EntryType.Evidence);
    }

    [Fact]
    public async Task OfferAsync_CommitNotDone_DoesNotReturn()
    {
        var gate = new TaskCompletionSource();
        _ledger.Before.Enqueue(() => gate.Task);
        var offer = Offer(Inside, Smoke("p1", Inside));
        await Task.WhenAny(offer, Task.Delay(200, TestContext.Current.CancellationToken));
        Assert.False(offer.IsCompleted);
        gate.SetResult();
        Assert.Equal([SignalOutcome.Evidence], (await offer).Outcomes);
    }

    [Fact]
    public async Task OfferAsync_CommitFailed_ThrowsAndTheSameAgainIsEvidence()
    {
        _ledger.Before.Enqueue(() => throw new LedgerUnavailableException("disk full"));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Offer(Inside, Smoke("p1", Inside)));
        Assert.Empty(_ledger.Entries);
        Assert.Equal([SignalOutcome.Evidence], (await Offer(Inside, Smoke("p1", Inside))).Outcomes);
        Assert.Equal([SignalOutcome.Repeated], (await Offer(Inside, Smoke("p1", Inside))).Outcomes);
    }

    [Fact]
    public async Task OfferAsync_AreaWrittenElsewhere_ReloadsAndDecidesAgain()
    {
        await Offer(Inside, Smoke("p1", Inside));
        _ledger.Touch(Quadkey.At(Inside.Lat, Inside.Lon, Quadkey.DefaultZoom));
        Assert.Equal([SignalOutcome.Evidence], (await Offer(Inside, Smoke("p2", Inside))).Outcomes);
        Assert.Single(_ledger.Entries.Where(e => e.Type == EntryType.Incident).Select(e => e.Incident).Distinct());
    }

    [Fact]
    public async Task OfferAsync_NextHouseBeyondTheTilesEdge_IsSentToTheAreaThatFollowsTheFire()
    {
        var (west, east) = AcrossAnEdge();
        Assert.Null((await Offer(west, Smoke("p1", west))).Redirects);
        var receipt = await Offer(east, Smoke("p2", east));
        Assert.Equal([Quadkey.At(west.Lat, west.Lon, Quadkey.DefaultZoom)], receipt.Redirects!);
        Assert.Equal([SignalOutcome.Evidence], (await Offer(west, Smoke("p2", east), final: true)).Outcomes);
        Assert.Single(_ledger.Entries.Where(e => e.Type == EntryType.Incident).Select(e => e.Incident).Distinct());

        // Its repeats and its end find their way too.
        Assert.NotNull((await Offer(east, Smoke("p2", east))).Redirects);
        Assert.NotNull((await Offer(east, Smoke("p2", east) with { Active = false })).Redirects);
    }

    [Fact]
    public async Task OfferAsync_ManyNeighboursAtOnce_NeverWaitForEachOther()
    {
        var (west, east) = AcrossAnEdge();
        var offers = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? Offer(west, Smoke($"w{i}", west)) : Offer(east, Smoke($"e{i}", east)));
        await Task.WhenAll(offers).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ActAsync_UnknownIncident_IsNotFound() =>
        Assert.Equal(
            ActionResult.NotFound,
            await Area(Inside).ActAsync(new OperatorAction("no-such", ActionVerb.Confirm, "u1"), CancellationToken.None));

    private IAreaGrain Area(Place place) => _cluster.Client.GetGrain<IAreaGrain>(Quadkey.At(place.Lat, place.Lon, Quadkey.DefaultZoom));

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
    private static (Place West, Place East) AcrossAnEdge()
    {
        var step = 0.00015;
        for (var lon = Inside.Lon; ; lon += step)
        {
            if (Quadkey.At(Inside.Lat, lon, Quadkey.DefaultZoom) != Quadkey.At(Inside.Lat, lon + step, Quadkey.DefaultZoom))
                return (Inside with { Lon = lon }, Inside with { Lon = lon + (2 * step) });
        }
    }

    private sealed class SilentAnnouncer : ILedgerAnnouncer
    {
        public void Announce(long seq)
        {
        }
    }
}
