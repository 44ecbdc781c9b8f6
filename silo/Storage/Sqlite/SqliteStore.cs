using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Telemetry;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>The ledger and what is kept beside it, in <c>ledger.db</c> of the data folder.</summary>
public sealed class SqliteStore : ILedgerStore
{
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(10);

    private readonly DataFolder _folder;
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly TimeProvider _time;

    private SqliteStore(DataFolder folder, SqliteFile file, LedgerMetrics metrics, TimeProvider time, ILogger log)
    {
        (_folder, _file, _time) = (folder, file, time);
        _writer = new SqliteWriter(file, metrics, time, log);
        Ledger = new SqliteLedger(file, _writer, metrics, time);
        Reader = new SqliteLedgerReader(file);
        Users = new SqliteUsers(file, _writer);
        Gateways = new SqliteGatewayMemory(file, _writer);
        Homes = new SqliteHomes(file, _writer);
        Facts = new SqliteHomeFacts(file, _writer);
        Posts = new SqlitePosts(file, _writer);
        Questions = new SqliteQuestions(file, _writer);
        Deliveries = new SqliteDeliveries(file, _writer);
        Notices = new SqliteNotices(file, _writer);
        FeedItems = new SqliteFeedItems(file, _writer);
        FalseCalls = new SqliteFalseCalls(file);
        Retention = new SqliteRetention(file, _writer);
    }

    public ILedger Ledger { get; }
    public ILedgerReader Reader { get; }
    public IUserStore Users { get; }
    public IGatewayMemory Gateways { get; }
    public IRegistryStore Homes { get; }
    public IHomeFactStore Facts { get; }
    public IPostStore Posts { get; }
    public IQuestionStore Questions { get; }
    public IDeliveryStore Deliveries { get; }
    public INoticeStore Notices { get; }
    public IFeedItemStore FeedItems { get; }
    public IFalseCalls FalseCalls { get; }
    public IRetention Retention { get; }

    /// <summary>Opens the file, makes it when it is missing, brings its schema up to date.</summary>
    /// <param name="path">The data folder.</param>
    /// <param name="maxMiB">As <see cref="LedgerOptions.MaxMiB"/>.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">Clock of durations.</param>
    /// <param name="log">Failures go here.</param>
    /// <exception cref="StartException">The folder is in use or cannot be used, or the file is no ledger or a newer release's.</exception>
    public static SqliteStore Open(string path, int maxMiB, LedgerMetrics metrics, TimeProvider time, ILogger<SqliteStore> log)
    {
        var folder = DataFolder.Open(path);
        try
        {
            var file = new SqliteFile(folder.File("ledger.db"), maxMiB);
            using (var connection = file.OpenWriter())
                Schema.Migrate(connection, Schema.Migrations);
            return new SqliteStore(folder, file, metrics, time, log);
        }
        catch (SqliteException e)
        {
            folder.Dispose();
            throw new StartException($"Data:Path: {System.IO.Path.Combine(path, "ledger.db")} cannot be opened: {e.Message}", e);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        await Reader.HeadAsync(cancellation);
        var lacking = _writer.Lacking;
        if (lacking == 0 && _writer.SinceSuccess < Recently)
            return;

        // A row that is there already is written even into a full file: after a failure, room for what failed is asked for too.
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await _writer.WriteAsync(lacking, session =>
        {
            session.Execute("INSERT OR REPLACE INTO probe (id, at, room) VALUES (1, $at, zeroblob($room))", ("$at", now), ("$room", lacking));
            return session.Execute("UPDATE probe SET room = NULL");
        }).WaitAsync(cancellation);
    }

    /// <summary>Commits what is pending, then closes the file and releases the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        // The writer closes last: only it can move what is in the -wal file into the main file.
        _file.ReleaseReaders();
        await _writer.DisposeAsync();
        _folder.Dispose();
    }
}
