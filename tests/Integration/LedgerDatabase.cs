using System.Text.Json;
using CivicSignals.Tests.Silo.Storage.Postgres;
using Npgsql;

namespace CivicSignals.Tests.Integration;

/// <summary>On PostgreSQL.</summary>
internal sealed class LedgerDatabase(PostgresServer server, string database) : ITownLedger
{
    public long Head() => Number("SELECT coalesce(max(seq), 0) FROM entry");

    public long Cursors() => Number("SELECT count(*) FROM post_cursor");

    public List<(string Incident, JsonElement Body)> Read(int type)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand("SELECT incident, body FROM entry WHERE type = $1 ORDER BY seq", connection);
        command.Parameters.Add(new() { Value = (short)type });
        using var rows = command.ExecuteReader();
        var entries = new List<(string, JsonElement)>();
        while (rows.Read())
            entries.Add((rows.GetString(0), JsonSerializer.Deserialize<JsonElement>((byte[])rows[1])));
        return entries;
    }

    // In every column of every row. Freed pages are PostgreSQL's own affair: they are written over after its next vacuum.
    public List<string> Naming(params string[] texts)
    {
        using var connection = Open();
        return [.. Columns(connection).SelectMany(column => texts.Where(text => Names(connection, column, text)).Select(text => $"{text} in {column.Table}.{column.Name}"))];
    }

    private static List<(string Table, string Name, bool IsBytes)> Columns(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT table_name, column_name, data_type = 'bytea' FROM information_schema.columns WHERE table_schema = 'public'", connection);
        using var rows = command.ExecuteReader();
        var columns = new List<(string, string, bool)>();
        while (rows.Read())
            columns.Add((rows.GetString(0), rows.GetString(1), rows.GetBoolean(2)));
        return columns;
    }

    private static bool Names(NpgsqlConnection connection, (string Table, string Name, bool IsBytes) column, string text)
    {
        var bytes = column.IsBytes ? $"\"{column.Name}\"" : $"convert_to(\"{column.Name}\"::text, 'UTF8')";
        using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM \"{column.Table}\" WHERE position(convert_to($1, 'UTF8') IN {bytes}) > 0)", connection);
        command.Parameters.Add(new() { Value = text });
        return (bool)command.ExecuteScalar()!;
    }

    private long Number(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection($"{server.To(database)};Pooling=false");
        connection.Open();
        return connection;
    }
}
