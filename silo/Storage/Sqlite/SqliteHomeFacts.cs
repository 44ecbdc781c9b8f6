using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Facts about homes, kept beside the ledger.</summary>
internal sealed class SqliteHomeFacts(SqliteFile file, SqliteWriter writer) : IHomeFactStore
{
    /// <summary>About how much memory one fact holds while it waits to be written, bytes.</summary>
    private const int BytesPerFact = 256;

    private const string Facts = "SELECT f.gateway, f.device, f.what, f.since, f.until, d.name FROM home_fact f LEFT JOIN device d ON d.gateway = f.gateway AND d.id = f.device";
    private const string PowerCuts = "SELECT area, homes, of, since, until FROM power_cut";

    private static readonly string Precursors = Numbers(HomeFactKinds.Precursors);
    private static readonly string Away = Numbers(HomeFactKinds.Away);

    public Task<(IReadOnlyList<HomeFact> Facts, IReadOnlyList<PowerCut> PowerCuts)> OpenAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult((
            file.Read($"{Facts} WHERE f.until IS NULL", row => row.All(Fact)),
            file.Read($"{PowerCuts} WHERE until IS NULL", row => row.All(Cut))));
    }

    public Task<IReadOnlyList<HomeFact>> OfHomeAsync(string gateway, int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(OfHome(file, gateway, limit));
    }

    public Task<IReadOnlyList<HomeFact>> AwayAsync(int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            $"{Facts} WHERE f.until IS NULL AND f.what IN ({Away}) ORDER BY f.since DESC LIMIT $limit", row => row.All(Fact), ("$limit", limit)));
    }

    public Task<IReadOnlyList<PowerCut>> PowerCutsAsync(int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read($"{PowerCuts} ORDER BY until IS NOT NULL, since DESC LIMIT $limit", row => row.All(Cut), ("$limit", limit)));
    }

    public Task<IReadOnlyList<PreventionEntry>> PreventionAsync(int limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            $"""
            SELECT h.premises, h.lat, h.lon, h.uncertainty_m, f.what, f.since
            FROM home_fact f JOIN home h ON h.gateway = f.gateway JOIN device d ON d.gateway = f.gateway AND d.id = f.device
            WHERE f.until IS NULL AND f.what IN ({Precursors}) AND h.premises IS NOT NULL AND (h.consents & $prevention) <> 0
              AND (instr(' ' || d.kinds, ' fire.') > 0 OR instr(' ' || d.kinds, ' gas.') > 0)
            ORDER BY f.since, h.premises LIMIT $limit
            """,
            row => row.All(read => new PreventionEntry(
                read.GetString(0), new Place(read.GetDouble(1), read.GetDouble(2), read.GetDouble(3)), (HomeFactKind)read.GetByte(4), Time(read.GetInt64(5)))),
            ("$prevention", (int)Consents.Prevention),
            ("$limit", limit)));
    }

    public Task WriteAsync(IReadOnlyList<HomeFact> facts, IReadOnlyList<PowerCut> powerCuts) =>
        writer.WriteAsync((facts.Count + powerCuts.Count) * BytesPerFact, session =>
        {
            foreach (var fact in facts)
                Write(session, fact);
            foreach (var gateway in facts.Select(fact => fact.Gateway).Distinct())
                Trim(session, gateway);
            foreach (var cut in powerCuts)
                Write(session, cut);
            return facts.Count;
        });

    public Task<int> CountAsync(string gateway, string device, HomeFactKind what, DateTimeOffset since, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT count(*) FROM home_fact WHERE gateway = $gateway AND device = $device AND what = $what AND since >= $since",
            row => row.All(read => read.GetInt32(0))[0],
            ("$gateway", gateway),
            ("$device", device),
            ("$what", (int)what),
            ("$since", since.ToUnixTimeMilliseconds())));
    }

    /// <summary>As <see cref="OfHomeAsync"/>.</summary>
    public static IReadOnlyList<HomeFact> OfHome(SqliteFile file, string gateway, int limit) => file.Read(
        $"{Facts} WHERE f.gateway = $gateway ORDER BY f.until IS NOT NULL, f.since DESC LIMIT $limit",
        row => row.All(Fact),
        ("$gateway", gateway),
        ("$limit", limit));

    private static void Write(WriterSession session, HomeFact fact) => session.Execute(
        """
        INSERT INTO home_fact (gateway, device, what, since, until)
        SELECT $gateway, $device, $what, $since, $until WHERE EXISTS (SELECT 1 FROM home WHERE gateway = $gateway)
        ON CONFLICT (gateway, device, what, since) DO UPDATE SET until = excluded.until
        """,
        ("$gateway", fact.Gateway),
        ("$device", fact.Device),
        ("$what", (int)fact.What),
        ("$since", fact.Since.ToUnixTimeMilliseconds()),
        ("$until", Milliseconds(fact.Until)));

    private static void Trim(WriterSession session, string gateway) => session.Execute(
        $"""
        DELETE FROM home_fact WHERE rowid IN (
          SELECT rowid FROM home_fact WHERE gateway = $gateway ORDER BY until IS NULL DESC, until DESC, since DESC LIMIT -1 OFFSET {HomeFact.MostPerHome})
        """,
        ("$gateway", gateway));

    private static void Write(WriterSession session, PowerCut cut) => session.Execute(
        "INSERT INTO power_cut (area, since, until, homes, of) VALUES ($area, $since, $until, $homes, $of) ON CONFLICT (area, since) DO UPDATE SET until = excluded.until",
        ("$area", cut.Area),
        ("$since", cut.Since.ToUnixTimeMilliseconds()),
        ("$until", Milliseconds(cut.Until)),
        ("$homes", cut.Homes),
        ("$of", cut.Of));

    private static HomeFact Fact(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), (HomeFactKind)row.GetByte(2), Time(row.GetInt64(3)), TimeOrNull(row, 4)) { Name = row.TextOrNull(5) };

    private static PowerCut Cut(SqliteDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), Time(row.GetInt64(3)), TimeOrNull(row, 4));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? TimeOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Time(row.GetInt64(column));

    private static object Milliseconds(DateTimeOffset? time) => time is { } given ? given.ToUnixTimeMilliseconds() : DBNull.Value;

    private static string Numbers(IEnumerable<HomeFactKind> kinds) => string.Join(", ", kinds.Select(kind => (int)kind));
}
