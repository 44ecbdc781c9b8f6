using Microsoft.Data.Sqlite;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Reading rows.</summary>
internal static class Rows
{
    /// <summary>Every row that is left.</summary>
    public static IReadOnlyList<T> All<T>(this SqliteDataReader row, Func<SqliteDataReader, T> map)
    {
        var all = new List<T>();
        while (row.Read())
            all.Add(map(row));
        return all;
    }

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
