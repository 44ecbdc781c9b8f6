using System.Numerics;
using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>Reads a state message once, without allocating, and only the keys that matter: everything else is skipped unread.</summary>
internal static class DeviceState
{
    public static bool IsObject(ReadOnlySpan<byte> payload) => payload.TrimStart(" \r\n\t"u8) is [(byte)'{', ..];

    /// <summary>Reads what a message says of each key; false when it is no object.</summary>
    /// <exception cref="JsonException">Not JSON, or too deep.</exception>
    public static bool TryRead(ReadOnlySpan<byte> payload, DeviceKeySet keys, Span<Said> values)
    {
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        while (reader.Read())
        {
            if (isObject && reader.TokenType == JsonTokenType.PropertyName)
                ReadProperty(ref reader, keys, values);
        }

        return isObject;
    }

    /// <summary>Reads the object that a reader stands on, to its end.</summary>
    public static void ReadObject(ref Utf8JsonReader reader, DeviceKeySet keys, scoped Span<Said> values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            ReadProperty(ref reader, keys, values);
    }

    /// <summary>Reads the property whose name a reader stands on, to its end.</summary>
    public static void ReadProperty(ref Utf8JsonReader reader, DeviceKeySet keys, scoped Span<Said> values)
    {
        var named = keys.Named(ref reader);
        reader.Read();
        for (; named != 0; named &= named - 1)
        {
            var i = BitOperations.TrailingZeroCount(named);
            values[i] = keys[i].Read(ref reader);
        }

        reader.Skip();
    }
}
