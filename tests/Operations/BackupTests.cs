using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Operations;

/// <summary>The runbook's way to copy an SQLite ledger while it is written, and to go on from the copy.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task VacuumInto_WhileThePlatformWrites_IsALedgerOfOneMomentThatAPlatformGoesOnFrom()
    {
        await using var platform = await RunningPlatform.StartAsync();
        var reader = platform.App.Services.GetRequiredService<ILedgerReader>();
        using var done = new CancellationTokenSource();
        var writing = WriteAsync(platform.App.Services.GetRequiredService<ILedger>(), done.Token);
        var before = await GrowAsync(reader, 0);

        var data = platform.App.Services.GetRequiredService<IOptions<DataOptions>>().Value.Path;
        Copy(Path.Combine(data, "ledger.db"), Path.Combine(_folder, "ledger.db"));

        var after = await GrowAsync(reader, before);
        await done.CancelAsync();
        await writing;
        var restored = await Platform.OpenAsync(["--Http:Port=0", "--Mqtt:Port=0", $"--Data:Path={_folder}"]);
        await using (restored)
        {
            var head = await restored.Services.GetRequiredService<ILedgerReader>().HeadAsync(CancellationToken.None);
            var ledger = restored.Services.GetRequiredService<ILedger>();
            var area = await ledger.LoadAsync("0313", CancellationToken.None);

            Assert.InRange(head, before, after);
            Assert.Equal(head, area!.Version); // One entry each time: entries and states are of one moment.
            Assert.True((await ledger.CommitAsync(Commit(area.Version))).Committed);
        }
    }

    /// <summary>As <c>sqlite3 'file:…?mode=ro' "VACUUM INTO '…'"</c> does, from outside of the platform.</summary>
    private static void Copy(string from, string to)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        using var connection = new SqliteConnection(text);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $to";
        command.Parameters.AddWithValue("$to", to);
        command.ExecuteNonQuery();
    }

    private static async Task WriteAsync(ILedger ledger, CancellationToken until)
    {
        for (var version = 0L; !until.IsCancellationRequested; version++)
            Assert.True((await ledger.CommitAsync(Commit(version))).Committed);
    }

    private static AreaCommit Commit(long version) =>
        new("0313", version, new byte[] { 1 }, null, [new LedgerEntry(0, EntryType.Incident, default, "0313", "i1", new byte[] { 1 })]);

    /// <summary>Waits until the ledger has grown further.</summary>
    private static async Task<long> GrowAsync(ILedgerReader reader, long beyond)
    {
        using var patience = new CancellationTokenSource(Patience);
        long head;
        while ((head = await reader.HeadAsync(patience.Token)) <= beyond)
            await Task.Yield();
        return head;
    }
}
