using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// The ledger as everyone but the grains reads it, on SQLite. One writer gives out sequence numbers and commits them in order,
/// so what is visible has no gap that could still fill.
/// </summary>
internal sealed class SqliteLedgerReader(SqliteFile file) : ILedgerReader
{
    private const string Columns =
        "e.seq, e.type, e.at, e.area, e.incident, e.body, e.open, e.alert, e.alert_version, e.public, e.neighbourhood, e.ended";

    /// <summary>The entries of <c>$incident</c>, as the table <c>chain (seq)</c>.</summary>
    public const string Chain = """
        WITH RECURSIVE chain (seq) AS (
          SELECT ifnull(i.seq, (SELECT o.value ->> 1 FROM area a, json_each(a.open) o WHERE a.area = i.area AND o.key = i.id))
          FROM incident i WHERE i.id = $incident
          UNION ALL
          SELECT e.previous FROM chain c JOIN entry e ON e.seq = c.seq WHERE e.previous IS NOT NULL)
        """;

    /// <summary>Milliseconds by which an entry may be older than one with a lower number.</summary>
    private const long Slack = 60_000;

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
            _ => "e.type > 0 AND", // A blank one is waiting to be deleted.
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

        // A line that closes an incident is its last; what is open stands in its area's row.
        const string Bounds = "e.seq >= $from AND e.seq < $before AND e.at >= $since ORDER BY e.seq DESC LIMIT $limit";
        const string Open = $"SELECT {Columns} FROM area a, json_each(a.open) i JOIN entry e ON e.seq = i.value ->> 0 WHERE a.has_open = 1 AND {Bounds}";
        const string Closed = $"SELECT {Columns} FROM entry e WHERE e.type = 2 AND e.open = 0 AND {Bounds}";
        var sql = query.Open switch
        {
            true => Open,
            false => Closed,
            null => $"SELECT * FROM (SELECT * FROM ({Open}) UNION ALL SELECT * FROM ({Closed})) e ORDER BY e.seq DESC LIMIT $limit",
        };
        return Entries(
            sql,
            cancellation,
            ("$from", query.Since is null ? 0 : FirstSince(Milliseconds(query.Since))),
            ("$since", Milliseconds(query.Since)),
            ("$before", query.Before ?? long.MaxValue),
            ("$limit", query.Limit));
    }

    public Task<IReadOnlyList<LedgerEntry>> IncidentAsync(string incident, CancellationToken cancellation) =>
        Entries(
            $"{Chain} SELECT {Columns} FROM chain c JOIN entry e ON e.seq = c.seq ORDER BY e.seq",
            cancellation,
            ("$incident", incident));

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

    /// <summary>
    /// A sequence number that nothing at or after a moment lies before, found by halving: entries are decided in the order of their numbers,
    /// but for the seconds that commits of one group and clocks of several silos may differ by.
    /// </summary>
    private long FirstSince(long since)
    {
        var moment = since - Slack;
        var (low, high) = (0L, file.Read("SELECT ifnull(max(seq), 0) FROM entry", row => row.Read() ? row.GetInt64(0) : 0) + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var at = file.Read("SELECT at FROM entry WHERE seq >= $seq ORDER BY seq LIMIT 1", row => row.Read() ? row.GetInt64(0) : long.MaxValue, ("$seq", middle));
            if (at < moment)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

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
