using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>The writer's open connection with its prepared statements. Used by the writer thread only.</summary>
internal sealed class WriterSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly AreaStatements _areas;

    public WriterSession(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = new(connection, "ROLLBACK");
        _areas = new AreaStatements(connection);
    }

    /// <summary>Entries appended since <see cref="Begin"/>.</summary>
    public long Appended => _areas.Appended;

    public void Begin() => _begin.Run();

    /// <summary>When it returns, everything since <see cref="Begin"/> is on disk.</summary>
    public void Commit()
    {
        _commit.Run();
        _areas.Committed();
    }

    public void Rollback()
    {
        // Some errors have rolled the transaction back already.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _rollback.Run();
        _areas.RolledBack();
    }

    /// <summary>Writes one area's commit, or nothing of it when the area has moved on.</summary>
    public CommitResult Commit(AreaCommit commit) => _areas.Write(commit);

    /// <summary>Runs a statement that is too rare to keep prepared.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    /// <summary>Reads, what is written in the open transaction included.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var row = command.ExecuteReader();
        return row.All(map);
    }

    /// <summary>Moves the -wal file's content into the main file and empties it, outside of any transaction. False: a reader still needs it.</summary>
    public bool TruncateLog() => Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0))[0] == 0;

    public void Dispose()
    {
        _areas.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _connection.Dispose();
    }
}
