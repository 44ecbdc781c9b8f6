using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CivicSignals.Tests.Integration;

/// <summary>On SQLite.</summary>
internal sealed class LedgerFile(string path) : ITownLedger
{
    public long Head() => Number("SELECT ifnull(max(seq), 0) FROM entry");

    public long Cursors() => Number("SELECT count(*) FROM post_cursor");

    public List<(string Incident, JsonElement Body)> Read(int type)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT incident, body FROM entry WHERE type = $type ORDER BY seq";
        command.Parameters.AddWithValue("$type", type);
        using var rows = command.ExecuteReader();
        var entries = new List<(string, JsonElement)>();
        while (rows.Read())
            entries.Add((rows.GetString(0), JsonSerializer.Deserialize<JsonElement>((byte[])rows[1])));
        return entries;
    }

    // Anywhere in the files, also where SQLite has freed a page.
    public List<string> Naming(params string[] texts)
    {
        var found = new List<string>();
        foreach (var each in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
        {
            using var file = new FileStream(each, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            found.AddRange(texts.Where(text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0).Select(text => $"{text} in {each}"));
        }

        return found;
    }

    private long Number(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
