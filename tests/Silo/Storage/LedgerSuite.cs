using System.Text;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every ledger must do, whatever keeps it.</summary>
public abstract class LedgerSuite : IAsyncLifetime
{
    protected static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    protected abstract ILedger Ledger { get; }
    protected abstract ILedgerReader Reader { get; }
    protected abstract IUserStore Users { get; }
    protected abstract IGatewayMemory Gateways { get; }

    public ValueTask InitializeAsync() => OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync();
        await DeleteAsync();
    }

    [Fact]
    public async Task LoadAsync_UnknownArea_IsNull() => Assert.Null(await Ledger.LoadAsync("0313", CancellationToken.None));

    [Fact]
    public async Task CommitAsync_NewArea_IsLoadedAsWritten()
    {
        var result = await Ledger.CommitAsync(Commit("0313", 0, "one"));

        Assert.Equal(new CommitResult(true, 1, 0), result);
        var loaded = await Ledger.LoadAsync("0313", CancellationToken.None);
        Assert.Equal(1, loaded!.Version);
        Assert.Equal("one", Text(loaded.State));
    }

    [Fact]
    public async Task CommitAsync_NextVersion_ReplacesTheState()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "one"));

        var result = await Ledger.CommitAsync(Commit("0313", 1, "two"));

        Assert.Equal(new CommitResult(true, 2, 0), result);
        Assert.Equal("two", Text((await Ledger.LoadAsync("0313", CancellationToken.None))!.State));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task CommitAsync_OtherVersionThanLoaded_WritesNothing(long expected)
    {
        await Ledger.CommitAsync(Commit("0313", 0, "one"));

        var result = await Ledger.CommitAsync(Commit("0313", expected, "stale", Incident("i1")));

        Assert.False(result.Committed);
        Assert.Equal("one", Text((await Ledger.LoadAsync("0313", CancellationToken.None))!.State));
        Assert.Empty(await Reader.ReadAsync(0, TailScope.Everything, 100, CancellationToken.None));
        Assert.Empty(await Reader.IncidentsAsync(new IncidentQuery(), CancellationToken.None));
    }

    [Fact]
    public async Task CommitAsync_VersionOfUnknownArea_WritesNothing()
    {
        var result = await Ledger.CommitAsync(Commit("0313", 3, "stale"));

        Assert.False(result.Committed);
        Assert.Null(await Ledger.LoadAsync("0313", CancellationToken.None));
    }

    [Fact]
    public async Task CommitAsync_ConflictAmongManyAtOnce_FailsAlone()
    {
        await Ledger.CommitAsync(Commit("stale", 0, "kept"));

        var commits = Enumerable.Range(0, 200)
            .Select(i => Ledger.CommitAsync(i == 100 ? Commit("stale", 0, "lost", Incident("lost")) : Commit($"a{i}", 0, "new", Incident($"i{i}"))));
        var results = await Task.WhenAll(commits);

        Assert.Equal([100], results.Index().Where(result => !result.Item.Committed).Select(result => result.Index));
        Assert.Equal(199, (await Reader.ReadAsync(0, TailScope.Everything, 1000, CancellationToken.None)).Count);
        Assert.Equal("kept", Text((await Ledger.LoadAsync("stale", CancellationToken.None))!.State));
    }

    [Fact]
    public async Task CommitAsync_SameAreaTwiceAtOnce_TakesTheFirstAndHoldsTheSecondAgainstIt()
    {
        var first = Ledger.CommitAsync(Commit("0313", 0, "one"));
        var second = Ledger.CommitAsync(Commit("0313", 1, "two"));
        var stale = Ledger.CommitAsync(Commit("0313", 1, "stale"));

        Assert.Equal([true, true, false], (await Task.WhenAll(first, second, stale)).Select(result => result.Committed));
        Assert.Equal("two", Text((await Ledger.LoadAsync("0313", CancellationToken.None))!.State));
    }

    [Fact]
    public async Task CommitAsync_Entries_GetRisingNumbersInTheirOrder()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Ledger.CommitAsync(Commit($"a{i}", 0, "s", Evidence($"i{i}", $"{i}-0"), Incident($"i{i}", body: $"{i}-1")))));

        var entries = await Reader.ReadAsync(0, TailScope.Everything, 1000, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), entries.Select(entry => entry.Seq));
        Assert.Equal(100, await Reader.HeadAsync(CancellationToken.None));
        foreach (var (i, result) in results.Index())
        {
            var own = entries.Where(entry => entry.Area == $"a{i}").ToList();
            Assert.Equal([$"{i}-0", $"{i}-1"], own.Select(entry => Text(entry.Body)));
            Assert.Equal(result.LastSeq, own[1].Seq);
        }
    }

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

    [Fact]
    public async Task SaveAsync_User_IsFoundWhateverTheCase()
    {
        Assert.False(await Users.AnyAsync(CancellationToken.None));

        await Users.SaveAsync(new User("Zoë", "hash 1", ["control-room"]), CancellationToken.None);
        await Users.SaveAsync(new User("ZOË", "hash 2", ["control-room", "operator"]), CancellationToken.None);

        Assert.True(await Users.AnyAsync(CancellationToken.None));
        Assert.Null(await Users.FindAsync("Zoe", CancellationToken.None));
        var user = await Users.FindAsync("zoë", CancellationToken.None);
        Assert.Equal(("ZOË", "hash 2"), (user!.Name, user.PasswordHash));
        Assert.Equal(["control-room", "operator"], user.Roles);
    }

    [Fact]
    public async Task RememberAsync_Topics_KeepTheirNewestMessage()
    {
        await Gateways.RememberAsync("homes/gw1/z2m/bridge/devices", Bytes("old"), CancellationToken.None);
        await Gateways.RememberAsync("homes/gw1/z2m/bridge/devices", Bytes("new"), CancellationToken.None);
        await Gateways.RememberAsync("homes/gw2/z2m/bridge/devices", new byte[2 * 1024 * 1024], CancellationToken.None);

        var recalled = await Gateways.RecallAsync(CancellationToken.None);

        Assert.Equal(["homes/gw1/z2m/bridge/devices", "homes/gw2/z2m/bridge/devices"], recalled.Select(memory => memory.Topic));
        Assert.Equal("new", Text(recalled[0].Payload));
        Assert.Equal(2 * 1024 * 1024, recalled[1].Payload.Length);
    }

    [Fact]
    public async Task Reopened_Ledger_HoldsAllThatWasCommittedAndCountsOn()
    {
        await Ledger.CommitAsync(Commit("0313", 0, "one", Incident("i1")));
        await Users.SaveAsync(new User("ann", "hash", []), CancellationToken.None);
        await Gateways.RememberAsync("homes/gw1/z2m/bridge/devices", Bytes("all"), CancellationToken.None);

        await CloseAsync();
        await OpenAsync();

        Assert.Equal("one", Text((await Ledger.LoadAsync("0313", CancellationToken.None))!.State));
        Assert.NotNull(await Users.FindAsync("ann", CancellationToken.None));
        Assert.Single(await Gateways.RecallAsync(CancellationToken.None));
        Assert.Equal(new CommitResult(true, 2, 2), await Ledger.CommitAsync(Commit("0313", 1, "two", Incident("i2"))));
    }

    [Fact]
    public async Task CloseAsync_CommitsPending_AreOnDisk()
    {
        var commits = Enumerable.Range(0, 500).Select(i => Ledger.CommitAsync(Commit($"a{i}", 0, "s", Incident($"i{i}")))).ToList();

        await CloseAsync();

        Assert.All(await Task.WhenAll(commits), result => Assert.True(result.Committed));
        await OpenAsync();
        Assert.Equal(500, await Reader.HeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task CommitAsync_Closed_IsUnavailable()
    {
        var ledger = Ledger;
        await CloseAsync();

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.CommitAsync(Commit("0313", 0, "s")));
    }

    [Fact]
    public async Task CommitAsync_EntryThatCannotBeWritten_FailsAlone()
    {
        var poison = Commit("poison", 0, "s", Incident("i1"), Incident("i2") with { Incident = null! });
        var commits = Enumerable.Range(0, 50).Select(i => Ledger.CommitAsync(i == 20 ? poison : Commit($"a{i}", 0, "s", Incident($"i{i}")))).ToList();

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => commits[20]);
        commits.RemoveAt(20);
        Assert.All(await Task.WhenAll(commits), result => Assert.True(result.Committed));
        Assert.Null(await Ledger.LoadAsync("poison", CancellationToken.None));
        Assert.Equal(Enumerable.Range(1, 49).Select(n => (long)n), (await Reader.ReadAsync(0, TailScope.Everything, 100, CancellationToken.None)).Select(e => e.Seq));
    }

    /// <summary>Opens the test's own ledger; a second time, the same one again.</summary>
    protected abstract ValueTask OpenAsync();

    /// <summary>Closes it in order. Harmless when closed.</summary>
    protected abstract ValueTask CloseAsync();

    /// <summary>Removes what it left behind.</summary>
    protected abstract ValueTask DeleteAsync();

    protected static AreaCommit Commit(string area, long expected, string state, params LedgerEntry[] entries) =>
        new(area, expected, Bytes(state), null, [.. entries.Select(entry => entry with { Area = area })]);

    protected static LedgerEntry Incident(string id, bool open = true, string? body = null, DateTimeOffset? at = null) =>
        new(0, EntryType.Incident, at ?? T0, "", id, Bytes(body ?? id), Open: open);

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static LedgerEntry Evidence(string incident, string body) => new(0, EntryType.Evidence, T0, "", incident, Bytes(body));

    private static LedgerEntry Alert(
        string incident,
        string id,
        int version,
        bool isPublic,
        string? neighbourhood = "old-town",
        bool ended = false,
        DateTimeOffset? at = null,
        string body = "{}") =>
        new(0, EntryType.Alert, at ?? T0, "", incident, Bytes(body), new AlertKey(id, version, isPublic, neighbourhood, ended));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private async Task<IEnumerable<string>> IncidentIds(IncidentQuery query) =>
        (await Reader.IncidentsAsync(query, CancellationToken.None)).Select(entry => entry.Incident);

    private async Task<IEnumerable<(string, int)>> AlertVersions(PublicAlertQuery query) =>
        (await Reader.PublicAlertsAsync(query, CancellationToken.None)).Select(entry => (entry.Alert!.Id, entry.Alert.Version));
}
