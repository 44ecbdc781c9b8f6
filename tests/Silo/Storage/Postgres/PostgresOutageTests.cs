using System.Text;
using CivicSignals.Ledger;
using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>A server that dies, or falls silent, while areas commit.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private const int Areas = 20;
    private static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    private PostgresServer? _server;
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        await _server.MakeTemplateAsync();
        _database = await _server.CreateDatabaseAsync();
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CommitAsync_ServerKilledAndStartedAgain_LosesNothingCommittedAndRecoversByItself(bool kill)
    {
        await using var silo = PostgresSilo.Open(_server!.HastyTo(_database));
        using var enough = new CancellationTokenSource();
        var areas = Enumerable.Range(0, Areas).Select(i => new Area(silo.Store.Ledger, $"a{i}")).ToList();
        var working = Task.WhenAll(areas.Select(area => area.WorkAsync(enough.Token)));
        await Patience.Until(() => Task.FromResult(areas.All(area => area.Committed.Count > 3)), "commits before the fault");

        await (kill ? _server.KillAsync() : _server.StopAtOnceAsync());
        await Patience.Until(() => Task.FromResult(areas.All(area => area.Failures > 0)), "every commit to be refused");
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.Reader.HeadAsync(default));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.ProbeAsync(default));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.Users.SaveAsync(new User("ann", "hash", []), default));

        await _server.StartAgainAsync();
        var before = areas.ConvertAll(area => area.Committed.Count);
        await Patience.Until(() => Task.FromResult(areas.Zip(before).All(area => area.First.Committed.Count > area.Second + 3)), "commits after the fault");
        await enough.CancelAsync();
        await working.WaitAsync(Patience.Answer);
        await silo.Store.ProbeAsync(default);

        var entries = new Dictionary<string, long>();
        for (var read = 0L; await silo.Store.Reader.ReadAsync(read, TailScope.Everything, 10_000, default) is { Count: > 0 } page; read = page[^1].Seq)
        {
            Assert.Equal(page.Select((_, i) => read + 1 + i), page.Select(entry => entry.Seq));
            foreach (var entry in page)
                Assert.True(entries.TryAdd(Encoding.UTF8.GetString(entry.Body.Span), entry.Seq), "twice");
        }

        Assert.All(areas.SelectMany(area => area.Committed), committed => Assert.Equal(committed.Seq, entries.GetValueOrDefault(committed.Body)));
    }

    [Fact]
    public async Task CommitAsync_ServerFallsSilent_FailsAndRecoversByItself()
    {
        using var relay = new TcpRelay(_server!.Port);
        await using var silo = PostgresSilo.Open($"{_server.HastyTo(_database)};Port={relay.Port}");
        await silo.Store.Ledger.CommitAsync(Commit("a", 0, "one"));

        relay.Silent = true;
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.Ledger.CommitAsync(Commit("a", 1, "two"))).WaitAsync(Patience.Answer);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.Ledger.LoadAsync("a", default)).WaitAsync(Patience.Answer);

        relay.Silent = false;
        var area = new Area(silo.Store.Ledger, "a");
        using var enough = new CancellationTokenSource();
        var working = area.WorkAsync(enough.Token);
        await Patience.Until(() => Task.FromResult(area.Committed.Count > 0), "a commit after the silence");
        await enough.CancelAsync();
        await working.WaitAsync(Patience.Answer);
    }

    [Fact]
    public async Task CommitAsync_SiloCutOffAmidItsTransaction_LeavesItsAreaToAnother()
    {
        using var relay = new TcpRelay(_server!.Port);
        await using var other = PostgresSilo.Open(_server.HastyTo(_database));
        await using var cutOff = PostgresSilo.Open($"{_server.HastyTo(_database)};Port={relay.Port};Application Name=cut-off");
        await cutOff.Store.Ledger.CommitAsync(Commit("a", 0, "one"));

        // Held up on the server until the way back is cut.
        await using var hold = await _server.OpenAsync(_database);
        await using var command = hold.CreateCommand();
        command.CommandText = "BEGIN; SELECT FROM area FOR UPDATE";
        await command.ExecuteNonQueryAsync();
        var lost = cutOff.Store.Ledger.CommitAsync(Commit("a", 1, "two"));
        await StandsAsync("wait_event_type = 'Lock'");
        relay.Silent = true;
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync();
        await StandsAsync("state = 'idle in transaction'");

        var area = new Area(other.Store.Ledger, "a");
        using var enough = new CancellationTokenSource();
        var working = area.WorkAsync(enough.Token);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => lost).WaitAsync(Patience.Answer);
        await Patience.Until(() => Task.FromResult(area.Committed.Count > 0), "the other silo to commit the area");
        await enough.CancelAsync();
        await working.WaitAsync(Patience.Answer);
        Assert.DoesNotContain("two", (await other.Store.Reader.ReadAsync(0, TailScope.Everything, 1000, default)).Select(entry => Encoding.UTF8.GetString(entry.Body.Span)));
        relay.Silent = false;
    }

    private Task StandsAsync(string state) => Patience.Until(
        async () => await _server!.ExecuteAsync(_database, $"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cut-off' AND {state}") is 1L,
        $"the silo's session to be at {state}");

    private static AreaCommit Commit(string area, long expected, string body) => new(
        area, expected, "s"u8.ToArray(), null, [new LedgerEntry(0, EntryType.Evidence, T0, area, $"i-{area}", Encoding.UTF8.GetBytes(body))]);

    /// <summary>Commits as a grain does: what it does not know of, it reloads.</summary>
    private sealed class Area(ILedger ledger, string name)
    {
        private int _tries;

        /// <summary>What was confirmed, in order.</summary>
        public List<(string Body, long Seq)> Committed { get; } = [];

        public int Failures { get; private set; }

        public async Task WorkAsync(CancellationToken enough)
        {
            long? version = null;
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    version ??= (await ledger.LoadAsync(name, default))?.Version ?? 0;
                    var body = $"{name} {++_tries}";
                    var result = await ledger.CommitAsync(Commit(name, version.Value, body));
                    version = result.Committed ? result.Version : null;
                    if (result.Committed)
                        Committed.Add((body, result.LastSeq));
                }
                catch (LedgerUnavailableException)
                {
                    (version, Failures) = (null, Failures + 1);
                    await Task.Delay(10, CancellationToken.None);
                }
            }
        }
    }
}
