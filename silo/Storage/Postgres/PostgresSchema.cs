using CivicSignals.Silo.Hosting;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>The ledger's tables on PostgreSQL: brought up to date by a command of its own, for several silos share them.</summary>
public static class PostgresSchema
{
    /// <summary>Names the lock that one migration at a time holds: any number that nobody else uses.</summary>
    private const long Lock = 0x0C1B_1C51_6A15;

    /// <summary>All migrations, in order. The number of the last is the schema's version.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.AllOf("Postgres");

    /// <summary>The version that this release works with.</summary>
    public static int Newest => Migrations[^1].Version;

    /// <summary>Applies what is missing, all or nothing. Another migration that is under way is waited for.</summary>
    /// <returns>The versions before and after.</returns>
    /// <exception cref="StartException">The database was migrated by a newer release.</exception>
    /// <exception cref="PostgresException">A statement failed; nothing was changed.</exception>
    public static (int Before, int After) Migrate(NpgsqlConnection connection, IReadOnlyList<Migration> migrations)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({Lock})");
        var before = Version(connection);
        var after = migrations[^1].Version;
        if (before > after)
            throw TooNew(before);
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");
        foreach (var migration in migrations.Where(migration => migration.Version > before))
            Execute(connection, $"{migration.Sql}; INSERT INTO schema_version (version) VALUES ({migration.Version})");
        transaction.Commit();
        return (before, after);
    }

    /// <summary>Refuses any schema but the one that this release works with.</summary>
    /// <exception cref="StartException">It is older or newer.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        var version = Version(connection);
        if (version > Newest)
            throw TooNew(version);
        if (version < Newest)
            throw new StartException($"{LedgerOptions.Key}: the database has schema version {version}, this release needs {Newest}; run: dotnet run --project silo -- migrate");
    }

    /// <summary>The version that a database stands at; 0 for a new one.</summary>
    public static int Version(NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT to_regclass('schema_version') IS NOT NULL";
        if (command.ExecuteScalar() is not true)
            return 0;
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_version";
        return (int)command.ExecuteScalar()!;
    }

    private static StartException TooNew(int version) =>
        new($"{LedgerOptions.Key}: the database has schema version {version}, written by a newer release; this one knows {Newest}");

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0; // A migration of a large table, or waiting for another silo's, takes what it takes.
        command.ExecuteNonQuery();
    }
}
