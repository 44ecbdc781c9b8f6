using System.Numerics;
using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>Reads a state message once, without allocating, and only the keys that matter: everything else is skipped unread.</summary>
internal static class DeviceState
{
    public static bool IsObject(ReadOnlySpan<byte> payload) => payload.TrimStart(" \r\n\t"u8) is [(byte)'{', ..];

    /// <summary>
    /// Reads what a message says of each key. False when it says nothing: no object, or the device is being tested.
    /// </summary>
    /// <exception cref="JsonException">Not JSON, or too deep.</exception>
    public static bool TryRead(ReadOnlySpan<byte> payload, DeviceKeySet keys, Span<Said> values)
    {
        var (testing, warmingUp) = (false, false);
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        while (reader.Read())
        {
            if (!isObject || reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var isTest = reader.ValueTextEquals("test"u8);
            var isWarmUp = reader.ValueTextEquals("preheat"u8) || reader.ValueTextEquals("preheating"u8);
            var named = keys.Named(ref reader);
            reader.Read();
            testing |= isTest && IsYes(ref reader);
            warmingUp |= isWarmUp && IsYes(ref reader);
            for (; named != 0; named &= named - 1)
            {
                var i = BitOperations.TrailingZeroCount(named);
                values[i] = keys[i].Read(ref reader);
            }

            reader.Skip();
        }

        // A sensor that warms up reports gas that is not there.
        for (var i = 0; warmingUp && i < keys.Length; i++)
        {
            if (keys[i].Kind.StartsWith("gas.", StringComparison.Ordinal))
                values[i] = Said.Nothing;
        }

        return isObject && !testing;
    }

    private static bool IsYes(ref Utf8JsonReader value) =>
        value.TokenType == JsonTokenType.True
        || (value.TokenType == JsonTokenType.String && (value.ValueTextEquals("ON"u8) || value.ValueTextEquals("true"u8)));
}
