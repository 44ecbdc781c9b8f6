using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Homes, kept beside the ledger.</summary>
internal sealed class SqliteHomes(SqliteFile file, SqliteWriter writer) : IRegistryStore
{
    private const string Columns =
        "gateway, premises, lat, lon, uncertainty_m, kind, consents, secret, resident_key, claim_secret, registered_at, revoked_at, heard_at";

    /// <summary>About how much memory one home holds while it waits to be written, bytes.</summary>
    private const int BytesPerHome = 512;

    private readonly HomeTraces _traces = new(file);

    public Task<IReadOnlyList<RegisteredHome>> HomesAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read($"SELECT {Columns} FROM home", row => row.All(Home)));
    }

    public Task<string?> ImportedFileAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT hash FROM registry_file", row => row.Read() ? row.GetString(0) : null));
    }

    public Task SaveAsync(IReadOnlyList<RegisteredHome> homes, DateTimeOffset at, string? file = null) =>
        writer.WriteAsync(homes.Count * BytesPerHome, session =>
        {
            foreach (var home in homes)
                Save(session, home, at.ToUnixTimeMilliseconds());
            if (file is not null)
                session.Execute("INSERT OR REPLACE INTO registry_file (id, hash) VALUES (1, $hash)", ("$hash", file));
            return homes.Count;
        });

    public Task<IReadOnlyList<HomeDevice>> DevicesAsync(string gateway, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read(
            "SELECT id, name, kinds, model, dialect, battery, room, seen_at FROM device WHERE gateway = $gateway ORDER BY id",
            row => row.All(Device),
            ("$gateway", gateway)));
    }

    public Task SightAsync(IReadOnlyList<(string Gateway, DeviceSighting Device)> devices, IReadOnlyList<(string Gateway, DateTimeOffset At)> heard, DateTimeOffset at) =>
        writer.WriteAsync((devices.Count + heard.Count) * BytesPerHome, session =>
        {
            foreach (var (gateway, device) in devices)
                Sight(session, gateway, device, at.ToUnixTimeMilliseconds());
            foreach (var (gateway, last) in heard)
                session.Execute("UPDATE home SET heard_at = $at WHERE gateway = $gateway", ("$at", last.ToUnixTimeMilliseconds()), ("$gateway", gateway));
            return devices.Count;
        });

    public async Task<bool> NameRoomAsync(string gateway, string device, string? room) =>
        await writer.WriteAsync(BytesPerHome, session => session.Execute(
            "UPDATE device SET room = $room WHERE gateway = $gateway AND id = $id",
            ("$room", Value(room)),
            ("$gateway", gateway),
            ("$id", device))) > 0;

    public Task<HomeRecords> RecordsAsync(HomeRevision home, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var consents = file.Read(
            "SELECT consents, at FROM consent WHERE gateway = $gateway ORDER BY rowid",
            row => row.All(read => ((Consents)read.GetInt32(0), Time(read.GetInt64(1)))),
            ("$gateway", home.Gateway));
        return Task.FromResult(new HomeRecords(consents, _traces.Descriptions(home), _traces.Evidence(home), SqliteHomeFacts.OfHome(file, home.Gateway, HomeFact.MostPerHome), _traces.Learnt(home)));
    }

    public Task<IReadOnlyList<string>> AreasNamingAsync(HomeRevision home, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_traces.Areas(home));
    }

    public async Task<(int Entries, int Incidents)> EraseAsync(HomeRevision home, CancellationToken cancellation)
    {
        var traces = _traces.Entries(home);
        var entries = await writer.WriteAsync(0, session => HomeEraser.Erase(session, home, traces));
        while (!await writer.TruncateLogAsync())
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation); // A reader still looks at what was.
        return (entries, traces.Incidents.Count);
    }

    private static void Save(WriterSession session, RegisteredHome home, long at)
    {
        if (home.Premises is not null)
        {
            session.Execute(
                "INSERT INTO consent (gateway, at, consents) SELECT $gateway, $at, $consents WHERE NOT EXISTS (SELECT 1 FROM home WHERE gateway = $gateway AND premises IS NOT NULL AND consents = $consents)",
                ("$gateway", home.Gateway),
                ("$at", at),
                ("$consents", (int)home.Consents));
            session.Execute(
                $"DELETE FROM consent WHERE rowid IN (SELECT rowid FROM consent WHERE gateway = $gateway ORDER BY rowid DESC LIMIT -1 OFFSET {HomeRecords.MostConsents})",
                ("$gateway", home.Gateway));
        }

        session.Execute(
            $"""
            INSERT INTO home ({Columns})
            VALUES ($gateway, $premises, $lat, $lon, $uncertainty, $kind, $consents, $secret, $resident, $claim, $registered, $revoked, $heard)
            ON CONFLICT (gateway) DO UPDATE SET
              premises = excluded.premises, lat = excluded.lat, lon = excluded.lon, uncertainty_m = excluded.uncertainty_m, kind = excluded.kind,
              consents = excluded.consents, secret = excluded.secret, resident_key = excluded.resident_key, claim_secret = excluded.claim_secret,
              revoked_at = excluded.revoked_at
            """,
            ("$gateway", home.Gateway),
            ("$premises", Value(home.Premises)),
            ("$lat", Value(home.Place?.Lat)),
            ("$lon", Value(home.Place?.Lon)),
            ("$uncertainty", Value(home.Place?.UncertaintyM)),
            ("$kind", home.Kind),
            ("$consents", (int)home.Consents),
            ("$secret", Value(home.Secret)),
            ("$resident", Value(home.ResidentKey)),
            ("$claim", Value(home.ClaimSecret)),
            ("$registered", home.RegisteredAt.ToUnixTimeMilliseconds()),
            ("$revoked", Value(home.RevokedAt?.ToUnixTimeMilliseconds())),
            ("$heard", Value(home.HeardAt?.ToUnixTimeMilliseconds())));
    }

    private static void Sight(WriterSession session, string gateway, DeviceSighting device, long at) => session.Execute(
        $"""
        INSERT INTO device (gateway, id, name, kinds, model, dialect, battery, seen_at)
        SELECT $gateway, $id, $name, $kinds, $model, $dialect, $battery, $at
        WHERE EXISTS (SELECT 1 FROM home WHERE gateway = $gateway)
          AND (EXISTS (SELECT 1 FROM device WHERE gateway = $gateway AND id = $id)
            OR (SELECT count(*) FROM device WHERE gateway = $gateway) < {HomeDevice.MostPerHome})
        ON CONFLICT (gateway, id) DO UPDATE SET
          name = excluded.name, kinds = excluded.kinds, model = excluded.model, dialect = excluded.dialect,
          battery = ifnull(excluded.battery, battery), seen_at = excluded.seen_at
        """,
        ("$gateway", gateway),
        ("$id", device.Id),
        ("$name", device.Name),
        ("$kinds", string.Join(' ', device.Kinds)),
        ("$model", Value(device.Model)),
        ("$dialect", device.Dialect),
        ("$battery", Value(device.Battery)),
        ("$at", at));

    private static RegisteredHome Home(SqliteDataReader row) => new()
    {
        Gateway = row.GetString(0),
        Premises = row.TextOrNull(1),
        Place = row.IsDBNull(2) ? null : new Place(row.GetDouble(2), row.GetDouble(3), row.GetDouble(4)),
        Kind = row.GetString(5),
        Consents = (Consents)row.GetInt32(6),
        Secret = row.TextOrNull(7),
        ResidentKey = row.TextOrNull(8),
        ClaimSecret = row.TextOrNull(9),
        RegisteredAt = Time(row.GetInt64(10)),
        RevokedAt = row.IsDBNull(11) ? null : Time(row.GetInt64(11)),
        HeardAt = row.IsDBNull(12) ? null : Time(row.GetInt64(12)),
    };

    private static HomeDevice Device(SqliteDataReader row) => new(
        new DeviceSighting(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            row.TextOrNull(3),
            row.GetString(4),
            row.IsDBNull(5) ? null : row.GetInt32(5)),
        row.TextOrNull(6),
        Time(row.GetInt64(7)));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static object Value(object? value) => value ?? DBNull.Value;
}
