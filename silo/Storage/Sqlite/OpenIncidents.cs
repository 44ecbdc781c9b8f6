using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>
/// Which entries the open incidents of each area stand at, as the rows of <c>area</c> have it: kept in memory too, for nobody else writes them.
/// Used by the writer thread only.
/// </summary>
internal sealed class OpenIncidents(SqliteConnection connection) : IDisposable
{
    /// <summary>Beyond so many areas, all are forgotten and read again when needed.</summary>
    private const int MaxAreas = 100_000;

    private readonly Statement _select = new(connection, "SELECT open FROM area WHERE area = ?1");
    private readonly Dictionary<string, Dictionary<string, Chain>> _areas = [];
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>The open incidents of an area by id. What is changed here has to be written with <see cref="Write"/>, or forgotten.</summary>
    public Dictionary<string, Chain> Of(string area)
    {
        if (_areas.TryGetValue(area, out var known))
            return known;
        if (_areas.Count >= MaxAreas)
            _areas.Clear();
        var open = _select.Bind(1, area).First(static row => Parse(raw.sqlite3_column_blob(row, 0))) ?? [];
        _areas.Add(area, open);
        return open;
    }

    /// <summary>Forgets an area whose row is not as was thought.</summary>
    public void Forget(string area) => _areas.Remove(area);

    /// <summary>Forgets all: after a rollback nothing is certain.</summary>
    public void Forget() => _areas.Clear();

    /// <summary>The column's text; empty when nothing is open. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(Dictionary<string, Chain> open)
    {
        _json.ResetWrittenCount();
        if (open.Count == 0)
            return default;
        using var json = new Utf8JsonWriter(_json);
        json.WriteStartObject();
        foreach (var (id, chain) in open)
        {
            json.WriteStartArray(id);
            json.WriteNumberValue(chain.Line);
            json.WriteNumberValue(chain.Last);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return _json.WrittenSpan;
    }

    public void Dispose() => _select.Dispose();

    private static Dictionary<string, Chain> Parse(ReadOnlySpan<byte> json)
    {
        var open = new Dictionary<string, Chain>();
        if (json.IsEmpty)
            return open;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var id = reader.GetString()!;
            reader.Read();
            reader.Read();
            var line = reader.GetInt64();
            reader.Read();
            open.Add(id, new Chain(line, reader.GetInt64()));
            reader.Read();
        }

        return open;
    }
}

/// <summary>An incident's entries, from the newest back.</summary>
/// <param name="Line">Number of its newest line; 0: none yet.</param>
/// <param name="Last">Number of its newest entry.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Chain(long Line, long Last);
