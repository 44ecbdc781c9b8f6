using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Facts about homes, kept beside the ledger.</summary>
internal sealed class PostgresHomeFacts(PostgresDatabase database) : IHomeFactStore
{
    private const string Facts = "SELECT f.gateway, f.device, f.what, f.since, f.until, d.name FROM home_fact f LEFT JOIN device d ON d.gateway = f.gateway AND d.id = f.device";
    private const string PowerCuts = "SELECT area, homes, of, since, until FROM power_cut";

    public async Task<(IReadOnlyList<HomeFact> Facts, IReadOnlyList<PowerCut> PowerCuts)> OpenAsync(CancellationToken cancellation) => (
        await database.ReadAsync(new($"{Facts} WHERE f.until IS NULL") { TakesLong = true }, Fact, cancellation),
        await database.ReadAsync(new($"{PowerCuts} WHERE until IS NULL"), Cut, cancellation));

    public Task<IReadOnlyList<HomeFact>> OfHomeAsync(string gateway, int limit, CancellationToken cancellation) =>
        OfHomeAsync(database, gateway, limit, cancellation);

    public Task<IReadOnlyList<HomeFact>> AwayAsync(int limit, CancellationToken cancellation) => database.ReadAsync(
        new(
            $"{Facts} WHERE f.until IS NULL AND f.what = ANY(@away) ORDER BY f.since DESC LIMIT @limit",
            ("away", HomeFactKinds.Away.Select(kind => (int)kind).ToArray()),
            ("limit", limit)),
        Fact,
        cancellation);

    public Task<IReadOnlyList<PowerCut>> PowerCutsAsync(int limit, CancellationToken cancellation) =>
        database.ReadAsync(new($"{PowerCuts} ORDER BY until IS NOT NULL, since DESC LIMIT @limit", ("limit", limit)), Cut, cancellation);

    public Task<IReadOnlyList<PreventionEntry>> PreventionAsync(int limit, CancellationToken cancellation) => database.ReadAsync(
        new(
            """
            SELECT h.premises, h.lat, h.lon, h.uncertainty_m, f.what, f.since
            FROM home_fact f JOIN home h ON h.gateway = f.gateway JOIN device d ON d.gateway = f.gateway AND d.id = f.device
            WHERE f.until IS NULL AND f.what = ANY(@precursors) AND h.premises IS NOT NULL AND (h.consents & @prevention) <> 0
              AND (position(' fire.' IN ' ' || d.kinds) > 0 OR position(' gas.' IN ' ' || d.kinds) > 0)
            ORDER BY f.since, h.premises LIMIT @limit
            """,
            ("precursors", HomeFactKinds.Precursors.Select(kind => (int)kind).ToArray()),
            ("prevention", (int)Consents.Prevention),
            ("limit", limit)),
        row => new PreventionEntry(
            row.GetString(0), new Place(row.GetDouble(1), row.GetDouble(2), row.GetDouble(3)), (HomeFactKind)row.GetInt32(4), row.Time(5)),
        cancellation);

    public Task WriteAsync(IReadOnlyList<HomeFact> facts, IReadOnlyList<PowerCut> powerCuts) => database.WriteAsync(
    [
        .. facts.Select(Keep),
        .. facts.Select(fact => fact.Gateway).Distinct().Select(Trim),
        .. powerCuts.Select(Keep),
    ]);

    public Task<int> CountAsync(string gateway, string device, HomeFactKind what, DateTimeOffset since, CancellationToken cancellation) => database.FirstAsync(
        new(
            "SELECT count(*) FROM home_fact WHERE gateway = @gateway AND device = @device AND what = @what AND since >= @since",
            ("gateway", gateway),
            ("device", device),
            ("what", (int)what),
            ("since", since.ToUnixTimeMilliseconds())),
        row => (int)row.GetInt64(0),
        cancellation);

    /// <summary>As <see cref="OfHomeAsync(string, int, CancellationToken)"/>.</summary>
    public static Task<IReadOnlyList<HomeFact>> OfHomeAsync(PostgresDatabase database, string gateway, int limit, CancellationToken cancellation) => database.ReadAsync(
        new($"{Facts} WHERE f.gateway = @gateway ORDER BY f.until IS NOT NULL, f.since DESC LIMIT @limit", ("gateway", gateway), ("limit", limit)), Fact, cancellation);

    private static Statement Keep(HomeFact fact) => new(
        """
        INSERT INTO home_fact (gateway, device, what, since, until)
        SELECT @gateway, @device, @what, @since, @until::bigint WHERE EXISTS (SELECT 1 FROM home WHERE gateway = @gateway)
        ON CONFLICT (gateway, device, what, since) DO UPDATE SET until = excluded.until
        """,
        ("gateway", fact.Gateway),
        ("device", fact.Device),
        ("what", (int)fact.What),
        ("since", fact.Since.ToUnixTimeMilliseconds()),
        ("until", fact.Until?.ToUnixTimeMilliseconds()));

    private static Statement Trim(string gateway) => new(
        $"""
        DELETE FROM home_fact WHERE (gateway, device, what, since) IN (
          SELECT gateway, device, what, since FROM home_fact WHERE gateway = @gateway
          ORDER BY until IS NULL DESC, until DESC, since DESC OFFSET {HomeFact.MostPerHome})
        """,
        ("gateway", gateway));

    private static Statement Keep(PowerCut cut) => new(
        "INSERT INTO power_cut (area, since, until, homes, of) VALUES (@area, @since, @until, @homes, @of) ON CONFLICT (area, since) DO UPDATE SET until = excluded.until",
        ("area", cut.Area),
        ("since", cut.Since.ToUnixTimeMilliseconds()),
        ("until", cut.Until?.ToUnixTimeMilliseconds()),
        ("homes", cut.Homes),
        ("of", cut.Of));

    private static HomeFact Fact(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), (HomeFactKind)row.GetInt32(2), row.Time(3), row.TimeOrNull(4)) { Name = row.TextOrNull(5) };

    private static PowerCut Cut(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.Time(3), row.TimeOrNull(4));
}
