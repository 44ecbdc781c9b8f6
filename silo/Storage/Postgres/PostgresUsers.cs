using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>People who may sign in, kept beside the ledger.</summary>
internal sealed class PostgresUsers(PostgresDatabase database) : IUserStore
{
    public Task<User?> FindAsync(string name, CancellationToken cancellation) => database.FirstAsync(
        new("""SELECT name, password_hash, roles FROM "user" WHERE key = @key""", ("key", Key(name))),
        row => new User(row.GetString(0), row.GetString(1), row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        cancellation);

    public async Task<bool> AnyAsync(CancellationToken cancellation) =>
        await database.FirstAsync(new("""SELECT true FROM "user" LIMIT 1"""), row => row.GetBoolean(0), cancellation);

    public Task SaveAsync(User user, CancellationToken cancellation) => database.WriteAsync(new Statement(
        """
        INSERT INTO "user" (key, name, password_hash, roles) VALUES (@key, @name, @hash, @roles)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash, roles = excluded.roles
        """,
        ("key", Key(user.Name)),
        ("name", user.Name),
        ("hash", user.PasswordHash),
        ("roles", string.Join(' ', user.Roles)))).WaitAsync(cancellation);

    // As on SQLite, not as the database's language has it.
    private static string Key(string name) => name.ToUpperInvariant();
}
