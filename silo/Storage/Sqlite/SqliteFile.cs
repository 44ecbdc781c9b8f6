using System.Globalization;
using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>One SQLite file and how it is opened: a single writer, and pooled readers that never wait for it (WAL).</summary>
internal sealed class SqliteFile
{
    /// <summary>An area's row fits on one page, most of the time: half the writes of a smaller one.</summary>
    private const int PageBytes = 8192;

    private readonly string _writer;
    private readonly string _reader;
    private readonly int _maxMiB;

    public SqliteFile(string path, int maxMiB)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 };
        text.Mode = SqliteOpenMode.ReadWriteCreate;
        text.Pooling = false;
        _writer = text.ToString();
        text.Mode = SqliteOpenMode.ReadOnly;
        text.Pooling = true;
        _reader = text.ToString();
        _maxMiB = maxMiB;
    }

    /// <summary>Opens the writer's connection. FULL: a commit is on disk when COMMIT returns.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(_writer);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA page_size = {PageBytes};
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = 16000;
                PRAGMA journal_size_limit = 268435456;
                PRAGMA cache_size = -32768;
                PRAGMA temp_store = MEMORY;
                PRAGMA secure_delete = FAST;
                """);
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA page_size";
            var pageBytes = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture); // That of the file, where there was one.
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA max_page_count = {(_maxMiB == 0 ? uint.MaxValue - 1 : _maxMiB * 1024L * 1024 / pageBytes)}");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads on a pooled connection.</summary>
    /// <exception cref="LedgerUnavailableException">The file cannot be read now.</exception>
    public T Read<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        try
        {
            using var connection = new SqliteConnection(_reader);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
                command.Parameters.AddWithValue(name, value);
            using var reader = command.ExecuteReader();
            return map(reader);
        }
        catch (SqliteException e)
        {
            throw new LedgerUnavailableException("the ledger cannot be read", e);
        }
    }

    /// <summary>Closes the pooled connections.</summary>
    public void ReleaseReaders()
    {
        using var connection = new SqliteConnection(_reader);
        SqliteConnection.ClearPool(connection);
    }
}
