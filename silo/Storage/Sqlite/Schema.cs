using System.Globalization;
using CivicSignals.Silo.Hosting;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>The ledger's tables: brings a file of any older version, or none, to the newest.</summary>
public static class Schema
{
    /// <summary>All migrations, in order. The number of the last is the schema's version.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.AllOf("Sqlite");

    /// <summary>Applies what is missing, each migration in its own transaction.</summary>
    /// <param name="connection">An open connection that may write.</param>
    /// <param name="migrations">The migrations known, in order.</param>
    /// <exception cref="StartException">The file was written by a newer release.</exception>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL)");
        var version = Version(connection);
        var newest = migrations[^1].Version;
        if (version > newest)
            throw new StartException($"Data:Path: {connection.DataSource} has schema version {version}, written by a newer release; this one knows {newest}");
        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, migration.Sql, transaction);
            Execute(connection, "DELETE FROM schema", transaction);
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema VALUES ({migration.Version})"), transaction);
            transaction.Commit();
        }
    }

    /// <summary>The version that a file stands at; 0 for a new one.</summary>
    public static long Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ifnull(max(version), 0) FROM schema";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
