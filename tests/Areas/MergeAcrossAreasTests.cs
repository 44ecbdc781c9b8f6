using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Orleans.Concurrency;

namespace CivicSignals.Tests.Areas;

/// <summary>A person merges incidents of two areas, whatever fails meanwhile.</summary>
public sealed class MergeAcrossAreasTests : IClassFixture<AreaCluster>
{
    private static int _tests;
    private readonly AreaCluster _cluster;
    private readonly Place _here;
    private readonly Place _there;

    public MergeAcrossAreasTests(AreaCluster cluster)
    {
        _cluster = cluster;
        // Areas of their own for each test; the two are further apart than a tile is wide, so that no edge brings them together.
        _here = new(53.0466, -2.9925 + (0.2 * Interlocked.Increment(ref _tests)), 15);
        _there = _here with { Lat = _here.Lat + (1_900 / 111_195.0) };
    }

    [Fact]
    public async Task ActAsync_Merge_IsAcceptedAndDoneByTheAreas()
    {
        var (here, there) = await TwoFiresAsync();
        Assert.Equal(ActionResult.Accepted, await MergeAsync(_here, here, _there, there));
        await OnceMergedAsync(here, there);

        Assert.Equal(ActionResult.NotFound, await MergeAsync(_here, here, _there, there));
        var ended = Lines(_here, EntryType.Alert, LedgerJson.Lines.Alert).Last(alert => alert.Audience == Audience.ControlRoom);
        Assert.Equal((MsgType.Update, Outcome.Merged, there), (ended.MsgType, ended.Ended!.Value, ended.SupersededBy!));
        Assert.Equal([ended.Id], Lines(_there, EntryType.Alert, LedgerJson.Lines.Alert).Last().Supersedes!);

        // What its sources say goes there from now on, and when it is split off again, to what they are evidence of then.
        var receipt = await OfferAsync(_here, Alarm("p1", "fire.smoke", _here));
        Assert.Equal([Area(_there)], receipt.Redirects!);
        Assert.Equal(ActionResult.Done, await Grain(_there).ActAsync(new OperatorAction(there, ActionVerb.UndoMerge, "u1"), CancellationToken.None));
        Assert.Equal([SignalOutcome.Evidence], (await OfferAsync(_there, Alarm("p1", "fire.smoke", _here) with { Active = false }, final: true)).Outcomes);
        var back = _cluster.Ledger.State(Area(_there)).Open.Single(incident => incident.Id != there);
        Assert.Equal(2, back.Evidence.Length);
        Assert.Contains(back.Evidence, evidence => evidence.ClearedAt is not null);
    }

    [Fact]
    public async Task ActAsync_MergeWithWhatIsNotOpenThere_IsRefusedAtOnce()
    {
        var (here, _) = await TwoFiresAsync();
        Assert.Equal(ActionResult.OtherNotOpen, await MergeAsync(_here, here, _there, "none"));
        Assert.Null(_cluster.Ledger.State(Area(_here)).Open[0].Leaving);
    }

    [Fact]
    public async Task Reconcile_KilledBetweenTheTwoCommits_EndsAsIfNothingHadHappened()
    {
        var (here, there) = await TwoFiresAsync();
        _cluster.Ledger.Before.Enqueue(() => Task.CompletedTask); // It sets out.
        _cluster.Ledger.Before.Enqueue(() => Task.CompletedTask); // It is taken over.
        var died = new TaskCompletionSource();
        _cluster.Ledger.Before.Enqueue(() =>
        {
            died.SetResult();
            throw new LedgerUnavailableException("killed");
        });
        Assert.Equal(ActionResult.Accepted, await MergeAsync(_here, here, _there, there));
        await died.Task.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        await _cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await Grain(_here).TickAsync(CancellationToken.None); // As the clock does: the area is due while one of its incidents is on its way.

        await OnceMergedAsync(here, there);
        Assert.Single(_cluster.Ledger.State(Area(_there)).Open[0].Provenance!.Merged);
        Assert.Single(Lines(_there, EntryType.Action, LedgerJson.Lines.ActionLine), line => line.Action == "merge-from");
        Assert.Single(Lines(_here, EntryType.Action, LedgerJson.Lines.ActionLine));
    }

    [Fact]
    public async Task Reconcile_OtherClosedMeanwhile_KeepsTheIncidentAndSaysSo()
    {
        var (here, there) = await TwoFiresAsync();
        _cluster.Ledger.Before.Enqueue(() => Grain(_there).ActAsync(new OperatorAction(there, ActionVerb.AllClear, "u2"), CancellationToken.None));
        Assert.Equal(ActionResult.Accepted, await MergeAsync(_here, here, _there, there));
        await UntilAsync(() => Lines(_here, EntryType.Action, LedgerJson.Lines.ActionLine).Any(line => line.Action == "merge-refused"));
        Assert.Null(Assert.Single(_cluster.Ledger.State(Area(_here)).Open).Leaving);
    }

    [Fact]
    public async Task ActAsync_EachIntoTheOtherAtOnce_LosesNothingAndEndsSomewhere()
    {
        var (here, there) = await TwoFiresAsync();
        await Task.WhenAll(MergeAsync(_here, here, _there, there), MergeAsync(_there, there, _here, here)).WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        await UntilAsync(() => Open().All(incident => incident.Leaving is null) && Open().Sum(incident => incident.Evidence.Length) == 4);
    }

    private static string Area(Place place) => Quadkey.At(place.Lat, place.Lon, Quadkey.DefaultZoom);

    private IAreaGrain Grain(Place place) => _cluster.Grains.GetGrain<IAreaGrain>(Area(place));

    private List<Incident> Open() => [.. _cluster.Ledger.State(Area(_here)).Open, .. _cluster.Ledger.State(Area(_there)).Open];

    private IEnumerable<T> Lines<T>(Place place, EntryType type, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json) =>
        _cluster.Ledger.Committed(Area(place)).Where(entry => entry.Type == type).Select(entry => JsonSerializer.Deserialize(entry.Body.Span, json)!);

    private Task<ActionResult> MergeAsync(Place at, string incident, Place to, string into) =>
        Grain(at).ActAsync(new OperatorAction(incident, ActionVerb.Merge, "u1", "one fire") { Other = into, OtherArea = Area(to) }, CancellationToken.None);

    private Task<OfferReceipt> OfferAsync(Place tile, Signal signal, bool final = false) => Grain(tile).OfferAsync(new Immutable<Signal[]>([signal]), final, CancellationToken.None);

    /// <summary>A confirmed fire in each of the two areas.</summary>
    private async Task<(string Here, string There)> TwoFiresAsync()
    {
        foreach (var (place, home) in new[] { (_here, "p1"), (_there, "p2") })
        {
            foreach (var kind in new[] { "fire.smoke", "fire.heat" })
                await OfferAsync(place, Alarm(home, kind, place));
        }

        return (_cluster.Ledger.State(Area(_here)).Open.Single().Id, _cluster.Ledger.State(Area(_there)).Open.Single().Id);
    }

    private async Task OnceMergedAsync(string from, string into)
    {
        await UntilAsync(() => Open() is [{ Evidence.Length: 4 } one] && one.Id == into);
        var closed = Lines(_here, EntryType.Incident, LedgerJson.Lines.IncidentLine).Last(line => line.Id == from);
        Assert.Equal((Stage.Closed, Outcome.Merged, into, null), (closed.Stage, closed.Outcome!.Value, closed.MergedInto!, closed.MergingInto));
        Assert.Equal("u1", Assert.Single(Lines(_there, EntryType.Incident, LedgerJson.Lines.IncidentLine).Last().MergedFrom!).By);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var wait = 0; !holds(); wait++)
        {
            Assert.True(wait < 200, "not within ten seconds");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static Signal Alarm(string home, string kind, Place place) => new()
    {
        Source = $"homes/{home}/{kind}",
        Kind = kind,
        Active = true,
        Place = place,
        ObservedAt = TimeProvider.System.GetUtcNow(),
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        Premises = home,
    };
}
