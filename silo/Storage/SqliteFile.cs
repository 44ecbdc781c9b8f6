using System.Globalization;
using CivicSignals.Ledger;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage;

/// <summary>One SQLite file and how it is opened: a single writer, and pooled readers that never wait for it (WAL).</summary>
internal sealed class SqliteFile
{
    private const int PageBytes = 4096;
    private readonly string _writer;
    private readonly string _reader;
    private readonly long _maxPages;

    public SqliteFile(string path, int maxMiB)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 };
        text.Mode = SqliteOpenMode.ReadWriteCreate;
        text.Pooling = false;
        _writer = text.ToString();
        text.Mode = SqliteOpenMode.ReadOnly;
        text.Pooling = true;
        _reader = text.ToString();
        _maxPages = maxMiB == 0 ? uint.MaxValue - 1 : maxMiB * 1024L * 1024 / PageBytes;
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
                PRAGMA wal_autocheckpoint = 32000;
                PRAGMA journal_size_limit = 268435456;
                PRAGMA cache_size = -32768;
                PRAGMA temp_store = MEMORY;
                PRAGMA max_page_count = {_maxPages};
                """);
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
