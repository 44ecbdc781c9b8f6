using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Tests.Integration;

/// <summary>The ledger as it lies on disk, read beside or after the platform.</summary>
internal static class LedgerFile
{
    /// <summary>The newest sequence number; 0 when nothing has been written.</summary>
    public static long Head(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ifnull(max(seq), 0) FROM entry";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>How many streams of posts have a cursor.</summary>
    public static long Cursors(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM post_cursor";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>All entries of a type, in order: 1 evidence, 2 incident, 3 alert, 4 action.</summary>
    public static List<(string Incident, JsonElement Body)> Read(string path, int type)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT incident, body FROM entry WHERE type = $type ORDER BY seq";
        command.Parameters.AddWithValue("$type", type);
        using var rows = command.ExecuteReader();
        var entries = new List<(string, JsonElement)>();
        while (rows.Read())
            entries.Add((rows.GetString(0), JsonSerializer.Deserialize<JsonElement>((byte[])rows[1])));
        return entries;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
