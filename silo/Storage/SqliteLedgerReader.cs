using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage;

/// <summary>
/// The ledger as everyone but the grains reads it, on SQLite. One writer gives out sequence numbers and commits them in order,
/// so what is visible has no gap that could still fill.
/// </summary>
internal sealed class SqliteLedgerReader(SqliteFile file) : ILedgerReader
{
    private const string Columns =
        "e.seq, e.type, e.at, e.area, e.incident, e.body, e.open, e.alert, e.alert_version, e.public, e.neighbourhood, e.ended";

    // A plus sign hides a column from the planner: with a time bound the few newest rows are sorted, without one the order's index is walked.
    private const string ByTime = " AND n.at >= $since AND +n.seq < $before ORDER BY +n.seq DESC LIMIT $limit";
    private const string ByOrder = " AND n.seq < $before ORDER BY n.seq DESC LIMIT $limit";

    public Task<long> HeadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT seq FROM sqlite_sequence WHERE name = 'entry'", row => row.Read() ? row.GetInt64(0) : 0));
    }

    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(long after, TailScope scope, int limit, CancellationToken cancellation)
    {
        CheckLimit(limit, 10_000);
        var wanted = scope switch
        {
            TailScope.ControlRoom => "e.type IN (2, 3) AND",
            TailScope.Public => "e.public = 1 AND",
            _ => "",
        };
        return Entries(
            $"SELECT {Columns} FROM entry e WHERE {wanted} e.seq > $after ORDER BY e.seq LIMIT $limit",
            cancellation,
            ("$after", after),
            ("$limit", limit));
    }

    public Task<IReadOnlyList<LedgerEntry>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation)
    {
        CheckLimit(query.Limit, 1_000);
        var open = query.Open is null ? "TRUE" : query.Since is null ? "n.open = $open" : "+n.open = $open";
        return Entries(
            $"SELECT {Columns} FROM incident n JOIN entry e ON e.seq = n.seq WHERE {open}{(query.Since is null ? ByOrder : ByTime)}",
            cancellation,
            ("$open", query.Open == true),
            ("$since", Milliseconds(query.Since)),
            ("$before", query.Before ?? long.MaxValue),
            ("$limit", query.Limit));
    }

    public Task<IReadOnlyList<LedgerEntry>> IncidentAsync(string incident, CancellationToken cancellation) =>
        Entries($"SELECT {Columns} FROM entry e WHERE e.incident = $incident ORDER BY e.seq", cancellation, ("$incident", incident));

    public Task<IReadOnlyList<LedgerEntry>> PublicAlertsAsync(PublicAlertQuery query, CancellationToken cancellation)
    {
        CheckLimit(query.Limit, 1_000);
        var where = query.Neighbourhood is null ? "" : " AND n.neighbourhood = $neighbourhood";
        where += query.Active is null ? "" : " AND n.ended = $ended";
        where += query.Since is null ? "" : " AND n.at >= $since";
        return Entries(
            $"SELECT {Columns} FROM alert n JOIN entry e ON e.seq = n.seq WHERE n.public = 1{where} ORDER BY n.seq DESC LIMIT $limit",
            cancellation,
            ("$neighbourhood", query.Neighbourhood ?? ""),
            ("$ended", query.Active == false),
            ("$since", Milliseconds(query.Since)),
            ("$limit", query.Limit));
    }

    public Task<IReadOnlyList<LedgerEntry>> AlertAsync(string alert, CancellationToken cancellation) =>
        Entries($"SELECT {Columns} FROM entry e WHERE e.alert = $alert ORDER BY e.seq", cancellation, ("$alert", alert));

    private Task<IReadOnlyList<LedgerEntry>> Entries(string sql, CancellationToken cancellation, params ReadOnlySpan<(string, object)> parameters)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(sql, Entries, parameters));
    }

    private static IReadOnlyList<LedgerEntry> Entries(SqliteDataReader row)
    {
        var entries = new List<LedgerEntry>();
        while (row.Read())
        {
            var alert = row.IsDBNull(7)
                ? null
                : new AlertKey(row.GetString(7), row.GetInt32(8), row.GetBoolean(9), row.IsDBNull(10) ? null : row.GetString(10), row.GetBoolean(11));
            entries.Add(new LedgerEntry(
                row.GetInt64(0),
                (EntryType)row.GetByte(1),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
                row.GetString(3),
                row.GetString(4),
                row.GetFieldValue<byte[]>(5),
                alert,
                row.GetBoolean(6)));
        }

        return entries;
    }

    private static long Milliseconds(DateTimeOffset? since) => since?.ToUnixTimeMilliseconds() ?? 0;

    private static void CheckLimit(int limit, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, most);
    }
}
