using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every ledger does when it is read.</summary>
public abstract class LedgerReadSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    [Fact]
    public async Task ReadAsync_Entry_ComesBackWhole()
    {
        var alert = new AlertKey("al1", 3, true, "old-town", true);
        await Ledger.CommitAsync(Commit("0313", 0, "s", new LedgerEntry(0, EntryType.Alert, T0.AddMilliseconds(7), "0313", "i1", Bytes("{\"é\":1}"), alert)));

        var entry = Assert.Single(await Reader.ReadAsync(0, TailScope.Everything, 10, CancellationToken.None));

        Assert.Equal((1, EntryType.Alert, T0.AddMilliseconds(7), "0313", "i1", alert), (entry.Seq, entry.Type, entry.At, entry.Area, entry.Incident, entry.Alert));
        Assert.Equal("{\"é\":1}", Text(entry.Body));
    }

    [Theory]
    [InlineData(TailScope.Everything, "evidence,incident,control,public,action")]
    [InlineData(TailScope.ControlRoom, "incident,control,public")]
    [InlineData(TailScope.Public, "public")]
    public async Task ReadAsync_Scope_HoldsItsEntriesOnly(TailScope scope, string expected)
    {
        await Ledger.CommitAsync(Commit(
            "0313",
            0,
            "s",
            Evidence("i1", "evidence"),
            Incident("i1", body: "incident"),
            Alert("i1", "a-control", 1, isPublic: false, body: "control"),
            Alert("i1", "a-public", 1, isPublic: true, body: "public"),
            new LedgerEntry(0, EntryType.Action, T0, "0313", "i1", Bytes("action"))));

        var entries = await Reader.ReadAsync(0, scope, 10, CancellationToken.None);

        Assert.Equal(expected, string.Join(',', entries.Select(entry => Text(entry.Body))));
    }

    [Fact]
    public async Task ReadAsync_AfterAndLimit_CutThePage()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s", [.. Enumerable.Range(1, 9).Select(i => Incident($"i{i}"))]));

        var page = await Reader.ReadAsync(3, TailScope.ControlRoom, 4, CancellationToken.None);

        Assert.Equal([4, 5, 6, 7], page.Select(entry => entry.Seq));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task ReadAsync_LimitOutOfRange_IsRefused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Reader.ReadAsync(0, TailScope.Everything, limit, CancellationToken.None));

    [Fact]
    public async Task HeadAsync_EmptyLedger_IsZero() => Assert.Equal(0, await Reader.HeadAsync(CancellationToken.None));

    [Fact]
    public async Task IncidentsAsync_ChangedIncident_StandsAtItsNewestChange()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s", Incident("i1", body: "i1 first"), Incident("i2"), Incident("i1", open: false, body: "i1 last")));

        var all = await Reader.IncidentsAsync(new IncidentQuery(), CancellationToken.None);

        Assert.Equal([("i1", "i1 last", false), ("i2", "i2", true)], all.Select(entry => (entry.Incident, Text(entry.Body), entry.Open)));
    }

    [Fact]
    public async Task IncidentsAsync_OpenOrClosed_AreKeptApart()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s", Incident("i1"), Incident("i2"), Incident("i1", open: false)));

        Assert.Equal(["i2"], await IncidentIds(new IncidentQuery(Open: true)));
        Assert.Equal(["i1"], await IncidentIds(new IncidentQuery(Open: false)));
    }

    [Fact]
    public async Task IncidentsAsync_Since_LeavesOutWhatDidNotChange()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s", Incident("i1"), Incident("i2", at: T0.AddMinutes(5)), Incident("i3", at: T0.AddMinutes(6), open: false)));

        Assert.Equal(["i3", "i2"], await IncidentIds(new IncidentQuery(Since: T0.AddMinutes(5))));
        Assert.Equal(["i2"], await IncidentIds(new IncidentQuery(Open: true, Since: T0.AddMinutes(5))));
        Assert.Equal(["i3"], await IncidentIds(new IncidentQuery(Since: T0.AddMinutes(5), Limit: 1)));
    }

    [Fact]
    public async Task IncidentsAsync_PagedByCursor_MeetsEachOnce()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s", [.. Enumerable.Range(1, 25).Select(i => Incident($"i{i}"))]));

        var met = new List<string>();
        long? before = null;
        while (await Reader.IncidentsAsync(new IncidentQuery(Before: before, Limit: 10), CancellationToken.None) is { Count: > 0 } page)
        {
            met.AddRange(page.Select(entry => entry.Incident));
            before = page[^1].Seq;
        }

        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(i => $"i{i}"), met);
    }

    [Fact]
    public async Task IncidentAsync_OneIncident_HasAllItsEntriesOldestFirst()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s", Evidence("i1", "e"), Incident("i2"), Incident("i1", body: "i"), Alert("i1", "al", 1, true, body: "a")));
        await Ledger.CommitAsync(Commit("0313", 1, "s", new LedgerEntry(0, EntryType.Action, T0, "0313", "i1", Bytes("x"))));

        Assert.Equal(["e", "i", "a", "x"], (await Reader.IncidentAsync("i1", CancellationToken.None)).Select(entry => Text(entry.Body)));
        Assert.Empty(await Reader.IncidentAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task PublicAlertsAsync_Queries_GiveTheNewestVersionOfPublicOnes()
    {
        await Ledger.CommitAsync(Commit(
            "0313",
            0,
            "s",
            Alert("i1", "control", 1, isPublic: false),
            Alert("i1", "town", 1, isPublic: true, neighbourhood: "old-town"),
            Alert("i2", "mill", 1, isPublic: true, neighbourhood: "mill", at: T0.AddMinutes(1)),
            Alert("i1", "town", 2, isPublic: true, neighbourhood: "old-town", ended: true, at: T0.AddMinutes(2)),
            Alert("i3", "nowhere", 1, isPublic: true, neighbourhood: null, at: T0.AddMinutes(3))));

        Assert.Equal([("nowhere", 1), ("town", 2), ("mill", 1)], await AlertVersions(new PublicAlertQuery()));
        Assert.Equal([("town", 2)], await AlertVersions(new PublicAlertQuery(Neighbourhood: "old-town")));
        Assert.Equal([("nowhere", 1), ("mill", 1)], await AlertVersions(new PublicAlertQuery(Active: true)));
        Assert.Equal([("town", 2)], await AlertVersions(new PublicAlertQuery(Active: false)));
        Assert.Equal([("nowhere", 1), ("town", 2)], await AlertVersions(new PublicAlertQuery(Since: T0.AddMinutes(2))));
        Assert.Equal([("nowhere", 1)], await AlertVersions(new PublicAlertQuery(Limit: 1)));
        Assert.Empty(await AlertVersions(new PublicAlertQuery(Neighbourhood: "old-town", Active: true)));
    }

    [Fact]
    public async Task AlertAsync_OneAlert_HasEveryVersionOldestFirst()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "s", Alert("i1", "al", 1, true), Alert("i1", "other", 1, true), Alert("i1", "al", 2, true)));

        Assert.Equal([1, 2], (await Reader.AlertAsync("al", CancellationToken.None)).Select(entry => entry.Alert!.Version));
        Assert.Empty(await Reader.AlertAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task DueAreasAsync_Overdue_ComeLongestFirstAndOnlyThose()
    {
        await Ledger.CommitAsync(Commit("later", 0, "s") with { Due = T0.AddMinutes(2) });
        await Ledger.CommitAsync(Commit("second", 0, "s") with { Due = T0.AddMinutes(1) });
        await Ledger.CommitAsync(Commit("first", 0, "s") with { Due = T0 });
        await Ledger.CommitAsync(Commit("never", 0, "s"));

        Assert.Equal(["first", "second"], await Ledger.DueAreasAsync(T0.AddMinutes(1), 10, CancellationToken.None));
        Assert.Equal(["first"], await Ledger.DueAreasAsync(T0.AddMinutes(1), 1, CancellationToken.None));

        await Ledger.CommitAsync(Commit("first", 1, "s"));
        Assert.Equal(["second"], await Ledger.DueAreasAsync(T0.AddMinutes(1), 10, CancellationToken.None));
    }

    private async Task<IEnumerable<string>> IncidentIds(IncidentQuery query) =>
        (await Reader.IncidentsAsync(query, CancellationToken.None)).Select(entry => entry.Incident);

    private async Task<IEnumerable<(string, int)>> AlertVersions(PublicAlertQuery query) =>
        (await Reader.PublicAlertsAsync(query, CancellationToken.None)).Select(entry => (entry.Alert!.Id, entry.Alert.Version));
}
