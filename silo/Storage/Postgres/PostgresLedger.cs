using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>The ledger as area grains write it, on PostgreSQL.</summary>
internal sealed class PostgresLedger(PostgresDatabase database, PostgresWriter writer, LedgerMetrics metrics, TimeProvider time) : ILedger
{
    public Task<AreaSnapshot?> LoadAsync(string area, CancellationToken cancellation) => database.FirstAsync(
        new("SELECT version, state FROM area WHERE area = @area", ("area", area)), row => new AreaSnapshot(row.GetInt64(0), row.Bytes(1)), cancellation);

    public async Task<CommitResult> CommitAsync(AreaCommit commit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(commit.ExpectedVersion);
        var started = time.GetTimestamp();
        var result = await writer.CommitAsync(commit).ConfigureAwait(false); // The grain comes back to its scheduler itself, once.
        metrics.AreaCommitted(time.GetElapsedTime(started), result.Committed);
        return result;
    }

    public Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation) => database.ReadAsync(
        new(
            "SELECT area FROM area WHERE due_minute <= @now / 60000 AND due <= @now ORDER BY due, area LIMIT @limit",
            ("now", now.ToUnixTimeMilliseconds()),
            ("limit", limit)),
        row => row.GetString(0),
        cancellation);
}
