using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>
/// What has changed of homes since a transaction. The mark is the oldest transaction that was still open: what commits late is not passed over, and some
/// of the rest is read twice.
/// </summary>
internal sealed class PostgresRegistryChanges(PostgresDatabase database) : IRegistryChanges
{
    /// <inheritdoc/>
    public async Task<RegistryChanges> SinceAsync(string? mark, CancellationToken cancellation)
    {
        var next = await database.FirstAsync(new("SELECT pg_snapshot_xmin(pg_current_snapshot())::text"), row => row.GetString(0), cancellation);
        if (mark is null)
            return new RegistryChanges(next!, [], []);
        var since = new Statement(
            $"""
            SELECT gateway_md5, {PostgresHomes.Columns}
            FROM home_change LEFT JOIN home ON md5(home.gateway) = gateway_md5
            WHERE changed >= @mark::xid8 ORDER BY changed
            """,
            ("mark", mark));
        var changes = await database.ReadAsync(
            since with { TakesLong = true },
            row => (Key: row.GetString(0), Home: row.IsDBNull(1) ? null : PostgresHomes.Home(row, 1)),
            cancellation);
        return new RegistryChanges(next!, [.. changes.Where(change => change.Home is not null).Select(change => change.Home!)], [.. changes.Where(change => change.Home is null).Select(change => change.Key)]);
    }
}
