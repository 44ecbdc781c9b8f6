using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>People who may sign in, kept beside the ledger.</summary>
internal sealed class SqliteUsers(SqliteFile file, SqliteWriter writer) : IUserStore
{
    public Task<User?> FindAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT name, password_hash, roles FROM user WHERE key = $key", Found, ("$key", Key(name))));
    }

    public Task<bool> AnyAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(file.Read("SELECT 1 FROM user LIMIT 1", row => row.Read()));
    }

    public Task SaveAsync(User user, CancellationToken cancellation) =>
        writer.WriteAsync(
            user.PasswordHash.Length,
            session => session.Execute(
                "INSERT OR REPLACE INTO user (key, name, password_hash, roles) VALUES ($key, $name, $hash, $roles)",
                ("$key", Key(user.Name)),
                ("$name", user.Name),
                ("$hash", user.PasswordHash),
                ("$roles", string.Join(' ', user.Roles)))).WaitAsync(cancellation);

    // SQLite itself knows upper and lower case of ASCII letters only.
    private static string Key(string name) => name.ToUpperInvariant();

    private static User? Found(SqliteDataReader row) =>
        row.Read() ? new User(row.GetString(0), row.GetString(1), row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries)) : null;
}
