using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CivicSignals.Silo.Storage;

/// <summary>The writer's open connection with its prepared statements. Used by the writer thread only.</summary>
internal sealed class WriterSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly AreaStatements _areas;

    public WriterSession(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare(connection, "BEGIN IMMEDIATE");
        _commit = Prepare(connection, "COMMIT");
        _rollback = Prepare(connection, "ROLLBACK");
        _areas = new AreaStatements(connection);
    }

    /// <summary>Entries appended since <see cref="Begin"/>.</summary>
    public long Appended => _areas.Appended;

    public void Begin() => _begin.ExecuteNonQuery();

    /// <summary>When it returns, everything since <see cref="Begin"/> is on disk.</summary>
    public void Commit()
    {
        _commit.ExecuteNonQuery();
        _areas.Committed();
    }

    public void Rollback()
    {
        // Some errors have rolled the transaction back already.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _rollback.ExecuteNonQuery();
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

    public static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        command.Prepare();
        return command;
    }

    public void Dispose()
    {
        _areas.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _connection.Dispose();
    }
}
