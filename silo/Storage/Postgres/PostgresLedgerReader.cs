using CivicSignals.Ledger;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// The ledger as everyone but the grains reads it, on PostgreSQL. Who appends holds <c>ledger_head</c> from taking numbers to the commit, so what is
/// visible has no gap that could still fill.
/// </summary>
internal sealed class PostgresLedgerReader(PostgresDatabase database) : ILedgerReader
{
    private const string Columns =
        "e.seq, e.type, e.at, e.area, e.incident, e.body, e.open, e.alert, e.alert_version, e.public, e.neighbourhood, e.ended";

    /// <summary>Milliseconds by which an entry may be older than one with a lower number.</summary>
    private const long Slack = 60_000;

    /// <summary>
    /// A sequence number that nothing at or after <c>@since</c> lies before, found by halving: entries are decided in the order of their numbers,
    /// but for the seconds that commits of one group and clocks of several silos may differ by.
    /// </summary>
    private static readonly string FirstSince = $"""
        (WITH RECURSIVE half (low, high) AS (
          SELECT 0::bigint, (SELECT seq + 1 FROM ledger_head)
          UNION ALL
          SELECT CASE WHEN m.at < @since - {Slack} THEN m.middle + 1 ELSE m.low END, CASE WHEN m.at < @since - {Slack} THEN m.high ELSE m.middle END
          FROM (
            SELECT h.low, h.high, (h.low + h.high) / 2 AS middle,
              coalesce((SELECT n.at FROM entry n WHERE n.seq >= (h.low + h.high) / 2 ORDER BY n.seq LIMIT 1), {long.MaxValue}) AS at
            FROM half h WHERE h.low < h.high) m)
        SELECT low FROM half WHERE low >= high)
        """;

    public async Task<long> HeadAsync(CancellationToken cancellation) =>
        await database.FirstAsync(new("SELECT seq FROM ledger_head"), row => row.GetInt64(0), cancellation);

    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(long after, TailScope scope, int limit, CancellationToken cancellation)
    {
        CheckLimit(limit, 10_000);
        var wanted = scope switch
        {
            TailScope.ControlRoom => "e.type IN (2, 3) AND",
            TailScope.Public => "e.public AND",
            _ => "",
        };
        return EntriesAsync(new($"SELECT {Columns} FROM entry e WHERE {wanted} e.seq > @after ORDER BY e.seq LIMIT @limit", ("after", after), ("limit", limit)), cancellation);
    }

    public Task<IReadOnlyList<LedgerEntry>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation)
    {
        CheckLimit(query.Limit, 1_000);

        // A line that closes an incident is its last; what is open stands at the line that the incident's row points to.
        var bounds = $"e.seq < @before{(query.Since is null ? "" : $" AND e.seq >= {FirstSince} AND e.at >= @since")} ORDER BY e.seq DESC LIMIT @limit";
        var open = $"SELECT {Columns} FROM incident i JOIN entry e ON e.seq = i.line WHERE i.open AND {bounds}";
        var closed = $"SELECT {Columns} FROM entry e WHERE e.type = 2 AND NOT e.open AND {bounds}";
        var sql = query.Open switch
        {
            true => open,
            false => closed,
            null => $"SELECT * FROM (({open}) UNION ALL ({closed})) e ORDER BY e.seq DESC LIMIT @limit",
        };
        return EntriesAsync(
            new(sql, ("before", query.Before ?? long.MaxValue), ("since", query.Since?.ToUnixTimeMilliseconds() ?? 0), ("limit", query.Limit)), cancellation);
    }

    public Task<IReadOnlyList<LedgerEntry>> IncidentAsync(string incident, CancellationToken cancellation) =>
        EntriesAsync(new(Chain($"SELECT {Columns}"), ("incident", incident)), cancellation);

    public Task<IReadOnlyList<LedgerEntry>> PublicAlertsAsync(PublicAlertQuery query, CancellationToken cancellation)
    {
        CheckLimit(query.Limit, 1_000);
        var where = query.Neighbourhood is null ? "" : " AND n.neighbourhood = @neighbourhood";
        where += query.Active is null ? "" : " AND n.ended = @ended";
        where += query.Since is null ? "" : " AND n.at >= @since";
        return EntriesAsync(
            new(
                $"SELECT {Columns} FROM alert n JOIN entry e ON e.seq = n.seq WHERE n.public{where} ORDER BY n.seq DESC LIMIT @limit",
                ("neighbourhood", query.Neighbourhood ?? ""),
                ("ended", query.Active == false),
                ("since", query.Since?.ToUnixTimeMilliseconds() ?? 0),
                ("limit", query.Limit)),
            cancellation);
    }

    public Task<IReadOnlyList<LedgerEntry>> AlertAsync(string alert, CancellationToken cancellation) =>
        EntriesAsync(new($"SELECT {Columns} FROM entry e WHERE e.alert = @alert ORDER BY e.seq", ("alert", alert)), cancellation);

    /// <summary>Selects of the entries <c>e</c> of <c>@incident</c>, oldest first.</summary>
    public static string Chain(string select) => $"""
        WITH RECURSIVE chain (seq) AS (
          SELECT i.last FROM incident i WHERE i.id = @incident
          UNION ALL
          SELECT e.previous FROM chain c JOIN entry e ON e.seq = c.seq WHERE e.previous IS NOT NULL)
        {select} FROM chain c JOIN entry e ON e.seq = c.seq ORDER BY e.seq
        """;

    private Task<IReadOnlyList<LedgerEntry>> EntriesAsync(Statement statement, CancellationToken cancellation) => database.ReadAsync(statement, Entry, cancellation);

    private static LedgerEntry Entry(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        (EntryType)row.GetInt16(1),
        row.Time(2),
        row.GetString(3),
        row.GetString(4),
        row.Bytes(5),
        row.IsDBNull(7) ? null : new AlertKey(row.GetString(7), row.GetInt32(8), row.GetBoolean(9), row.TextOrNull(10), row.GetBoolean(11)),
        row.GetBoolean(6));

    private static void CheckLimit(int limit, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, most);
    }
}
