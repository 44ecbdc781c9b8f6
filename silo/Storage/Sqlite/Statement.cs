using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// A statement that the writer runs thousands of times a second: prepared once, and run without the objects that the provider makes for
/// each run. Used by the writer thread only.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[256];

    /// <param name="connection">Open, and outlives the statement.</param>
    /// <param name="sql">One statement with parameters <c>?1</c>, <c>?2</c>, ….</param>
    /// <exception cref="SqliteException">It is no statement.</exception>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, long? value)
    {
        Check(value is { } given ? raw.sqlite3_bind_int64(_statement, parameter, given) : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, blob));
        return this;
    }

    public Statement Bind(int parameter, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(_statement, parameter));
            return this;
        }

        if (_text.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
            _text = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return BindText(parameter, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    /// <summary>Binds UTF-8.</summary>
    public Statement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    /// <summary>Runs a statement that answers no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run()
    {
        var step = raw.sqlite3_step(_statement);
        var changed = raw.sqlite3_changes(_database);
        Reset(step is raw.SQLITE_DONE or raw.SQLITE_ROW ? raw.SQLITE_OK : step);
        return changed;
    }

    /// <summary>Runs a statement that answers one row at most, and reads it.</summary>
    /// <returns>What <paramref name="read"/> made of the row, or the default when there is none.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public T? First<T>(Func<sqlite3_stmt, T> read)
    {
        var step = raw.sqlite3_step(_statement);
        var result = step == raw.SQLITE_ROW ? read(_statement) : default;
        Reset(step is raw.SQLITE_DONE or raw.SQLITE_ROW ? raw.SQLITE_OK : step);
        return result;
    }

    public void Dispose() => _statement.Dispose();

    private void Reset(int failure)
    {
        // Reset repeats the failure of the step; the step's own code is the one to tell.
        raw.sqlite3_reset(_statement);
        Check(failure);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _database);
    }
}
