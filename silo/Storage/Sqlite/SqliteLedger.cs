using System.Collections.Concurrent;
using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// The ledger as area grains write it, on SQLite. What is due is kept in memory beside the file: no other process writes it, and an index
/// would be written at every piece of evidence.
/// </summary>
internal sealed class SqliteLedger : ILedger
{
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly LedgerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, long> _due;

    public SqliteLedger(SqliteFile file, SqliteWriter writer, LedgerMetrics metrics, TimeProvider time)
    {
        (_file, _writer, _metrics, _time) = (file, writer, metrics, time);
        _due = new(file.Read("SELECT area, due FROM area WHERE due IS NOT NULL", Dues));
    }

    public Task<AreaSnapshot?> LoadAsync(string area, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_file.Read("SELECT version, state FROM area WHERE area = $area", Snapshot, ("$area", area)));
    }

    public async Task<CommitResult> CommitAsync(AreaCommit commit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(commit.ExpectedVersion);
        var started = _time.GetTimestamp();
        var result = await _writer.WriteAsync(Bytes(commit), session => session.Commit(commit)).ConfigureAwait(false); // The grain comes back to its scheduler itself, once.
        _metrics.AreaCommitted(_time.GetElapsedTime(started), result.Committed);
        if (result.Committed)
            Remember(commit.Area, commit.Due);
        return result;
    }

    public Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var moment = now.ToUnixTimeMilliseconds();
        return Task.FromResult<IReadOnlyList<string>>(
            [.. _due.Where(due => due.Value <= moment).OrderBy(due => due.Value).ThenBy(due => due.Key, StringComparer.Ordinal).Take(limit).Select(due => due.Key)]);
    }

    /// <summary>One area has one commit under way at a time, so the newest is remembered last.</summary>
    private void Remember(string area, DateTimeOffset? due)
    {
        if (due is { } moment)
            _due[area] = moment.ToUnixTimeMilliseconds();
        else
            _due.TryRemove(area, out _);
    }

    private static AreaSnapshot? Snapshot(SqliteDataReader row) =>
        row.Read() ? new AreaSnapshot(row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;

    private static List<KeyValuePair<string, long>> Dues(SqliteDataReader row)
    {
        var dues = new List<KeyValuePair<string, long>>();
        while (row.Read())
            dues.Add(new(row.GetString(0), row.GetInt64(1)));
        return dues;
    }

    private static long Bytes(AreaCommit commit)
    {
        var bytes = (long)commit.State.Length;
        foreach (var entry in commit.Entries)
            bytes += entry.Body.Length;
        return bytes;
    }
}
