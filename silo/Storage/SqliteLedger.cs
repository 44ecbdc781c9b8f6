using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage;

/// <summary>The ledger as area grains write it, on SQLite.</summary>
internal sealed class SqliteLedger(SqliteFile file, SqliteWriter writer, LedgerMetrics metrics, TimeProvider time) : ILedger
{
    public Task<AreaSnapshot?> LoadAsync(string area, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT version, state FROM area WHERE area = $area", Snapshot, ("$area", area)));
    }

    public async Task<CommitResult> CommitAsync(AreaCommit commit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(commit.ExpectedVersion);
        var started = time.GetTimestamp();
        var result = await writer.WriteAsync(Bytes(commit), session => session.Commit(commit));
        metrics.AreaCommitted(time.GetElapsedTime(started), result.Committed);
        return result;
    }

    public Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT area FROM area WHERE due <= $now ORDER BY due, area LIMIT $limit",
            Areas,
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$limit", limit)));
    }

    private static AreaSnapshot? Snapshot(SqliteDataReader row) =>
        row.Read() ? new AreaSnapshot(row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;

    private static IReadOnlyList<string> Areas(SqliteDataReader row)
    {
        var areas = new List<string>();
        while (row.Read())
            areas.Add(row.GetString(0));
        return areas;
    }

    private static long Bytes(AreaCommit commit)
    {
        var bytes = (long)commit.State.Length;
        foreach (var entry in commit.Entries)
            bytes += entry.Body.Length;
        return bytes;
    }
}
