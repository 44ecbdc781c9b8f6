using CivicSignals.Ledger;
using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>The runbook's way to copy a PostgreSQL ledger while it is written, and to go on from the copy.</summary>
public sealed class PostgresBackupTests : IAsyncLifetime
{
    private const int Areas = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("dump-").FullName;
    private readonly string _restored = $"restored_{Guid.NewGuid():N}";
    private PostgresServer _server = null!;
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.SharedAsync();
        _database = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_server is null)
            return;
        await _server.DropDatabaseAsync(_database);
        await _server.DropDatabaseAsync(_restored);
    }

    [Fact]
    public async Task DumpAndRestore_WhileAreasCommit_IsALedgerOfOneMomentThatASiloGoesOnFrom()
    {
        await using var silo = PostgresSilo.Open(_server.To(_database));
        await silo.Store.Users.SaveAsync(new User("ann", "hash", []), default);
        using var enough = new CancellationTokenSource();
        var working = Task.WhenAll(Enumerable.Range(0, Areas).Select(i => WorkAsync(silo.Store.Ledger, $"a{i}", enough.Token)));
        var before = await GrowAsync(silo.Store.Reader, 50);

        var file = Path.Combine(_folder, "ledger.dump");
        await _server.DumpAsync(_database, file);

        var after = await GrowAsync(silo.Store.Reader, before);
        await enough.CancelAsync();
        await working.WaitAsync(Patience.Answer);
        await _server.RestoreAsync(_restored, file);
        await using var copy = PostgresSilo.Open(_server.To(_restored));
        var head = await copy.Store.Reader.HeadAsync(default);
        var entries = await AllAsync(copy.Store.Reader);
        Assert.InRange(head, before, after);
        Assert.Equal(Enumerable.Range(1, (int)head).Select(seq => (long)seq), entries.Select(entry => entry.Seq)); // All up to the head, and nothing beyond it.
        for (var i = 0; i < Areas; i++)
        {
            var version = (await copy.Store.Ledger.LoadAsync($"a{i}", default))!.Version;
            Assert.Equal(version, entries.Count(entry => entry.Area == $"a{i}")); // One entry each time: entries and states are of one moment.
            Assert.Equal(version, (await copy.Store.Reader.IncidentAsync($"i-a{i}", default)).Count);
            Assert.True((await copy.Store.Ledger.CommitAsync(Commit($"a{i}", version))).Committed);
        }

        Assert.Equal(head + Areas, await copy.Store.Reader.HeadAsync(default));
        await _server.ExecuteAsync(_restored, "TRUNCATE silo_membership, silo_membership_version"); // As the runbook has it.
        Assert.NotNull(await copy.Store.Users.FindAsync("ann", default));
    }

    private static async Task WorkAsync(ILedger ledger, string area, CancellationToken until)
    {
        for (var version = 0L; !until.IsCancellationRequested; version++)
            Assert.True((await ledger.CommitAsync(Commit(area, version))).Committed);
    }

    private static AreaCommit Commit(string area, long version) =>
        new(area, version, new byte[] { 1 }, null, [new LedgerEntry(0, EntryType.Incident, default, area, $"i-{area}", new byte[] { 1 }, Open: true)]);

    private static async Task<long> GrowAsync(ILedgerReader reader, long beyond)
    {
        var head = 0L;
        await Patience.Until(async () => (head = await reader.HeadAsync(default)) > beyond, "the ledger to grow");
        return head;
    }

    private static async Task<List<LedgerEntry>> AllAsync(ILedgerReader reader)
    {
        var all = new List<LedgerEntry>();
        while (await reader.ReadAsync(all.Count == 0 ? 0 : all[^1].Seq, TailScope.Everything, 10_000, default) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }
}
