using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Telemetry;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>The ledger and what is kept beside it, in a PostgreSQL database that several silos share.</summary>
public sealed class PostgresStore : ILedgerStore
{
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(10);

    /// <summary>Senders repeat what was not acknowledged sooner than so: then a commit tells. Without any, the probe's own write does.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    private readonly PostgresDatabase _database;
    private readonly PostgresWriter _writer;
    private readonly TimeProvider _time;

    private PostgresStore(NpgsqlDataSource source, LedgerMetrics metrics, TimeProvider time, ILogger log)
    {
        _database = new PostgresDatabase(source);
        _writer = new PostgresWriter(source, metrics, time, log);
        _time = time;
        Ledger = new PostgresLedger(_database, _writer, metrics, time);
        Reader = new PostgresLedgerReader(_database);
        Users = new PostgresUsers(_database);
        Gateways = new PostgresGatewayMemory(_database);
        Homes = new PostgresHomes(_database);
        Facts = new PostgresHomeFacts(_database);
        Posts = new PostgresPosts(_database);
        Questions = new PostgresQuestions(_database);
        Deliveries = new PostgresDeliveries(_database);
        Notices = new PostgresNotices(_database);
        FeedItems = new PostgresFeedItems(_database);
        FalseCalls = new PostgresFalseCalls(_database);
        Retention = new PostgresRetention(_database);
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

    /// <summary>Connects, and sees that the schema is this release's.</summary>
    /// <param name="source">The connections; outlives the store.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">Clock of durations.</param>
    /// <param name="log">Failures go here.</param>
    /// <exception cref="StartException">The server does not answer, or the schema is older or newer.</exception>
    public static PostgresStore Open(NpgsqlDataSource source, LedgerMetrics metrics, TimeProvider time, ILogger<PostgresStore> log)
    {
        using (var connection = source.OpenAtStart())
            PostgresSchema.Check(connection);
        return new PostgresStore(source, metrics, time, log);
    }

    /// <inheritdoc/>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        await Reader.HeadAsync(cancellation);
        if (_writer.SinceFailure < Believed)
            throw new LedgerUnavailableException("the last commit failed, and none has succeeded since");
        if (_writer.SinceSuccess < Recently)
            return;
        await _database.WriteAsync(new Statement(
            "INSERT INTO probe (at) VALUES (@at) ON CONFLICT (id) DO UPDATE SET at = excluded.at", ("at", _time.GetUtcNow().ToUnixTimeMilliseconds())))
            .WaitAsync(cancellation);
    }

    /// <summary>Commits what is pending.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
