using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every ledger does when it is written.</summary>
public abstract class LedgerCommitSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
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
    public async Task RememberAsync_Empty_ForgetsTheTopic()
    {
        await Gateways.RememberAsync("homes/gw1/homie/5/dev1/$description", Bytes("what"), CancellationToken.None);
        await Gateways.RememberAsync("homes/gw1/homie/5/dev1/$description", default, CancellationToken.None);

        Assert.Empty(await Gateways.RecallAsync(CancellationToken.None));
    }

    [Fact]
    public async Task RememberAsync_ManyAtOnce_KeepsTheLastWordOfEachTopic()
    {
        var topics = Enumerable.Range(0, 1500).Select(i => $"homes/gw{i:d4}/z2m/bridge/devices").ToList();
        var words = topics.SelectMany(topic => (string[])["first", "", "last"], (topic, word) => (topic, word)).Append((topics[7], ""));

        await Task.WhenAll(words.Select(said => Gateways.RememberAsync(said.Item1, Bytes(said.Item2), CancellationToken.None)).ToList());

        var recalled = await Gateways.RecallAsync(CancellationToken.None);
        Assert.Equal(topics.Where(topic => topic != topics[7]), recalled.Select(memory => memory.Topic));
        Assert.All(recalled, memory => Assert.Equal("last", Text(memory.Payload)));
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
}
