using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.ZWave;

/// <summary>A value as the gateway is set to send it: with its time, as a whole value object, or bare.</summary>
internal static class ValueMessage
{
    /// <summary>Reads what a message says of each key, and when the device last said so; null when the message does not say.</summary>
    /// <exception cref="JsonException">Not JSON, or too deep.</exception>
    public static DateTimeOffset? Read(ReadOnlySpan<byte> payload, DeviceKeySet keys, Span<Said> values)
    {
        DateTimeOffset? time = null;
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Say(ref reader, keys, values);
            reader.Skip();
        }

        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var isValue = reader.ValueTextEquals("value"u8);
            var isTime = reader.ValueTextEquals("time"u8) || reader.ValueTextEquals("lastUpdate"u8);
            reader.Read();
            if (isValue)
                Say(ref reader, keys, values);
            else if (isTime && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds) && milliseconds is > 0 and < 1L << 45)
                time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            reader.Skip();
        }

        return time;
    }

    private static void Say(ref Utf8JsonReader value, DeviceKeySet keys, Span<Said> values)
    {
        for (var i = 0; i < keys.Length; i++)
            values[i] = keys[i].Read(ref value);
    }
}
