using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Homes, kept beside the ledger.</summary>
internal sealed class PostgresHomes(PostgresDatabase database) : IRegistryStore
{
    public const string Columns =
        "gateway, premises, lat, lon, uncertainty_m, kind, consents, secret, resident_key, claim_secret, registered_at, revoked_at, heard_at";

    private readonly HomeTraces _traces = new(database);

    public Task<IReadOnlyList<RegisteredHome>> HomesAsync(CancellationToken cancellation) =>
        database.ReadAsync(new($"SELECT {Columns} FROM home") { TakesLong = true }, row => Home(row), cancellation);

    public Task<string?> ImportedFileAsync(CancellationToken cancellation) =>
        database.FirstAsync(new("SELECT hash FROM registry_file"), row => row.GetString(0), cancellation);

    public Task SaveAsync(IReadOnlyList<RegisteredHome> homes, DateTimeOffset at, string? file = null)
    {
        var statements = homes.SelectMany(home => Keep(home, at.ToUnixTimeMilliseconds())).ToList();
        if (file is not null)
            statements.Add(new("INSERT INTO registry_file (hash) VALUES (@hash) ON CONFLICT (id) DO UPDATE SET hash = excluded.hash", ("hash", file)));
        return database.WriteAsync(statements);
    }

    public Task<IReadOnlyList<HomeDevice>> DevicesAsync(string gateway, CancellationToken cancellation) => database.ReadAsync(
        new("SELECT id, name, kinds, model, dialect, battery, room, seen_at FROM device WHERE gateway = @gateway ORDER BY id", ("gateway", gateway)),
        Device,
        cancellation);

    public Task SightAsync(IReadOnlyList<(string Gateway, DeviceSighting Device)> devices, IReadOnlyList<(string Gateway, DateTimeOffset At)> heard, DateTimeOffset at) =>
        database.WriteAsync(
        [
            .. devices.Select(sighting => Sight(sighting.Gateway, sighting.Device, at.ToUnixTimeMilliseconds())),
            .. heard.Select(last => new Statement(
                "UPDATE home SET heard_at = @at WHERE gateway = @gateway", ("at", last.At.ToUnixTimeMilliseconds()), ("gateway", last.Gateway))),
        ]);

    public async Task<bool> NameRoomAsync(string gateway, string device, string? room) => await database.WriteAsync(new Statement(
        "UPDATE device SET room = @room WHERE gateway = @gateway AND id = @id", ("room", room), ("gateway", gateway), ("id", device))) > 0;

    public async Task<HomeRecords> RecordsAsync(HomeRevision home, CancellationToken cancellation) => new(
        await database.ReadAsync(
            new("SELECT consents, at FROM consent WHERE gateway = @gateway ORDER BY id", ("gateway", home.Gateway)),
            row => ((Consents)row.GetInt32(0), row.Time(1)),
            cancellation),
        await _traces.DescriptionsAsync(home, cancellation),
        await _traces.EvidenceAsync(home, cancellation),
        await PostgresHomeFacts.OfHomeAsync(database, home.Gateway, HomeFact.MostPerHome, cancellation),
        await _traces.LearntAsync(home, cancellation));

    public Task<IReadOnlyList<string>> AreasNamingAsync(HomeRevision home, CancellationToken cancellation) => _traces.AreasAsync(home, cancellation);

    public async Task<(int Entries, int Incidents)> EraseAsync(HomeRevision home, CancellationToken cancellation)
    {
        var incidents = await _traces.IncidentsAsync(home, cancellation);
        var notes = await _traces.NotesAsync(home, cancellation);
        var entries = await database.WithConnectionAsync(connection => HomeEraser.EraseAsync(connection, home, incidents, notes, cancellation), cancellation);
        return (entries, incidents.Count);
    }

    private static IEnumerable<Statement> Keep(RegisteredHome home, long at)
    {
        if (home.Premises is not null)
        {
            yield return new(
                """
                INSERT INTO consent (gateway, at, consents) SELECT @gateway, @at, @consents
                WHERE NOT EXISTS (SELECT 1 FROM home WHERE gateway = @gateway AND premises IS NOT NULL AND consents = @consents)
                """,
                ("gateway", home.Gateway),
                ("at", at),
                ("consents", (int)home.Consents));
            yield return new(
                $"DELETE FROM consent WHERE id IN (SELECT id FROM consent WHERE gateway = @gateway ORDER BY id DESC OFFSET {HomeRecords.MostConsents})", ("gateway", home.Gateway));
        }

        yield return new(
            $"""
            INSERT INTO home ({Columns})
            VALUES (@gateway, @premises, @lat, @lon, @uncertainty, @kind, @consents, @secret, @resident, @claim, @registered, @revoked, @heard)
            ON CONFLICT (gateway) DO UPDATE SET
              premises = excluded.premises, lat = excluded.lat, lon = excluded.lon, uncertainty_m = excluded.uncertainty_m, kind = excluded.kind,
              consents = excluded.consents, secret = excluded.secret, resident_key = excluded.resident_key, claim_secret = excluded.claim_secret,
              revoked_at = excluded.revoked_at
            """,
            ("gateway", home.Gateway),
            ("premises", home.Premises),
            ("lat", home.Place?.Lat),
            ("lon", home.Place?.Lon),
            ("uncertainty", home.Place?.UncertaintyM),
            ("kind", home.Kind),
            ("consents", (int)home.Consents),
            ("secret", home.Secret),
            ("resident", home.ResidentKey),
            ("claim", home.ClaimSecret),
            ("registered", home.RegisteredAt.ToUnixTimeMilliseconds()),
            ("revoked", home.RevokedAt?.ToUnixTimeMilliseconds()),
            ("heard", home.HeardAt?.ToUnixTimeMilliseconds()));
    }

    private static Statement Sight(string gateway, DeviceSighting device, long at) => new(
        $"""
        INSERT INTO device (gateway, id, name, kinds, model, dialect, battery, seen_at)
        SELECT @gateway, @id, @name, @kinds, @model, @dialect, @battery::integer, @at
        WHERE EXISTS (SELECT 1 FROM home WHERE gateway = @gateway)
          AND (EXISTS (SELECT 1 FROM device WHERE gateway = @gateway AND id = @id)
            OR (SELECT count(*) FROM device WHERE gateway = @gateway) < {HomeDevice.MostPerHome})
        ON CONFLICT (gateway, id) DO UPDATE SET
          name = excluded.name, kinds = excluded.kinds, model = excluded.model, dialect = excluded.dialect,
          battery = coalesce(excluded.battery, device.battery), seen_at = excluded.seen_at
        """,
        ("gateway", gateway),
        ("id", device.Id),
        ("name", device.Name),
        ("kinds", string.Join(' ', device.Kinds)),
        ("model", device.Model),
        ("dialect", device.Dialect),
        ("battery", device.Battery),
        ("at", at));

    /// <summary>A home of <see cref="Columns"/>, which begin at a column.</summary>
    public static RegisteredHome Home(NpgsqlDataReader row, int first = 0) => new()
    {
        Gateway = row.GetString(first),
        Premises = row.TextOrNull(first + 1),
        Place = row.IsDBNull(first + 2) ? null : new Place(row.GetDouble(first + 2), row.GetDouble(first + 3), row.GetDouble(first + 4)),
        Kind = row.GetString(first + 5),
        Consents = (Consents)row.GetInt32(first + 6),
        Secret = row.TextOrNull(first + 7),
        ResidentKey = row.TextOrNull(first + 8),
        ClaimSecret = row.TextOrNull(first + 9),
        RegisteredAt = row.Time(first + 10),
        RevokedAt = row.TimeOrNull(first + 11),
        HeardAt = row.TimeOrNull(first + 12),
    };

    private static HomeDevice Device(NpgsqlDataReader row) => new(
        new DeviceSighting(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            row.TextOrNull(3),
            row.GetString(4),
            row.IsDBNull(5) ? null : row.GetInt32(5)),
        row.TextOrNull(6),
        row.Time(7));
}
