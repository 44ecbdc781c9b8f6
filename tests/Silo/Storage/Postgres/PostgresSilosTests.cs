using System.Collections.Concurrent;
using CivicSignals.Ledger;
using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>Two stores on one database, as two silos have it.</summary>
public sealed class PostgresSilosTests : IAsyncLifetime
{
    private const int Areas = 30;
    private const int Rounds = 20;
    private static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    private PostgresServer _server = null!;
    private string _database = "";
    private PostgresSilo[] _silos = [];

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.SharedAsync();
        _database = await _server.CreateDatabaseAsync();
        _silos = [PostgresSilo.Open(_server.To(_database)), PostgresSilo.Open(_server.To(_database))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        if (_database.Length > 0)
            await _server.DropDatabaseAsync(_database);
    }

    [Fact]
    public async Task CommitAsync_BothWhileATailReads_NeverLeaveAGapOrDisorder()
    {
        using var enough = new CancellationTokenSource();
        var tail = TailAsync(enough.Token);

        var written = new ConcurrentDictionary<long, string>();
        await Task.WhenAll(Enumerable.Range(0, 2 * Areas).Select(i => CommitAsync(_silos[i % 2].Store.Ledger, $"a{i}", written))).WaitAsync(Patience.Start);
        await enough.CancelAsync();
        var read = await tail.WaitAsync(Patience.Answer);

        Assert.Equal(2 * Areas * Rounds * 2, read.Count);
        Assert.Equal(Enumerable.Range(1, read.Count).Select(n => (long)n), read.Select(entry => entry.Seq));
        Assert.All(written, last => Assert.Equal(last.Value, Text(read[(int)last.Key - 1])));
        Assert.All(read.GroupBy(entry => entry.Area), area => Assert.Equal(Enumerable.Range(0, Rounds * 2).Select(i => $"{area.Key} {i}"), area.Select(Text)));
        foreach (var incident in read.GroupBy(entry => entry.Incident))
            Assert.Equal(incident.Select(entry => entry.Seq), (await _silos[0].Store.Reader.IncidentAsync(incident.Key, default)).Select(entry => entry.Seq));
    }

    [Fact]
    public async Task CommitAsync_BothTheSameAreas_OneWinsAndTheOtherReloads()
    {
        for (var round = 0L; round < Rounds; round++)
        {
            // In opposite orders: if areas were locked as they come, each would wait for the other.
            var all = Enumerable.Range(0, Areas).ToList();
            var results = await Task.WhenAll(
                Task.WhenAll(all.Select(i => _silos[0].Store.Ledger.CommitAsync(Commit($"a{i}", round, "first")))),
                Task.WhenAll(all.AsEnumerable().Reverse().Select(i => _silos[1].Store.Ledger.CommitAsync(Commit($"a{i}", round, "second"))))).WaitAsync(Patience.Answer);

            foreach (var i in all)
            {
                var (first, second) = (results[0][i], results[1][Areas - 1 - i]);
                Assert.True(first.Committed ^ second.Committed, $"round {round}, area {i}: {first}, {second}");
                var loaded = await _silos[first.Committed ? 1 : 0].Store.Ledger.LoadAsync($"a{i}", default);
                Assert.Equal((round + 1, first.Committed ? "first" : "second"), (loaded!.Version, System.Text.Encoding.UTF8.GetString(loaded.State.Span)));
            }
        }

        Assert.Equal(Rounds * Areas, await _silos[0].Store.Reader.HeadAsync(default));
    }

    private static async Task CommitAsync(ILedger ledger, string area, ConcurrentDictionary<long, string> written)
    {
        for (var version = 0; version < Rounds; version++)
        {
            // Some are stale: nothing of them may take a number.
            if (version % 5 == 4)
                Assert.False((await ledger.CommitAsync(Commit(area, version - 1, "stale", $"{area} stale"))).Committed);
            var result = await ledger.CommitAsync(Commit(area, version, "s", $"{area} {version * 2}", $"{area} {(version * 2) + 1}"));
            Assert.True(result.Committed);
            Assert.True(written.TryAdd(result.LastSeq, $"{area} {(version * 2) + 1}"));
        }
    }

    private async Task<List<LedgerEntry>> TailAsync(CancellationToken enough)
    {
        var reader = _silos[1].Store.Reader;
        var read = new List<LedgerEntry>();
        for (var last = false; ; last = enough.IsCancellationRequested)
        {
            var head = await reader.HeadAsync(default);
            var page = await reader.ReadAsync(read.Count, TailScope.Everything, 1000, default);
            Assert.Equal(page.Select((_, i) => read.Count + 1L + i), page.Select(entry => entry.Seq));
            read.AddRange(page);
            if (page.Count < 1000)
                Assert.True(read.Count >= head, $"read {read.Count}, while the head was at {head}");
            if (last && page.Count == 0)
                return read;
        }
    }

    private static AreaCommit Commit(string area, long expected, string state, params string[] bodies) => new(
        area,
        expected,
        System.Text.Encoding.UTF8.GetBytes(state),
        null,
        [.. (bodies.Length > 0 ? bodies : [state]).Select(body => new LedgerEntry(0, EntryType.Evidence, T0, area, $"i-{area}", System.Text.Encoding.UTF8.GetBytes(body)))]);

    private static string Text(LedgerEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Body.Span);
}
