using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Duties, each held by one silo at a time, for a while and by the database's clock.</summary>
internal sealed class PostgresLeases(PostgresDatabase database)
{
    /// <summary>Takes a duty that nobody holds, or goes on holding it.</summary>
    /// <param name="duty">Its name.</param>
    /// <param name="holder">Who asks; no two silos have one name.</param>
    /// <param name="time">For how long from now.</param>
    /// <returns>False: another holds it.</returns>
    /// <exception cref="LedgerUnavailableException">The database does not answer.</exception>
    public async Task<bool> TakeAsync(string duty, string holder, TimeSpan time) =>
        await database.WriteAsync(new Statement(
            """
            INSERT INTO duty (name, holder, until) VALUES (@duty, @holder, clock_timestamp() + @time)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
            WHERE duty.holder = excluded.holder OR duty.until < clock_timestamp()
            """,
            ("duty", duty), ("holder", holder), ("time", time))) > 0;

    /// <summary>Gives a duty up, if it is held.</summary>
    /// <exception cref="LedgerUnavailableException">The database does not answer.</exception>
    public Task GiveUpAsync(string duty, string holder) =>
        database.WriteAsync(new Statement("DELETE FROM duty WHERE name = @duty AND holder = @holder", ("duty", duty), ("holder", holder)));
}
