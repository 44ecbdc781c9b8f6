using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Tasmota;

/// <summary>
/// What one Zigbee device said through a bridge: the object that holds <c>"Device":"0x8F20"</c>. Options rename or remove everything around
/// it (<c>ZbReceived</c>, the address, the friendly name), never that.
/// </summary>
internal struct ZigbeeReport
{
    private const int MaxDepth = 4;

    /// <summary>Where in the message its address and its friendly name are; null: it has none.</summary>
    private Range? _address;
    private Range? _name;
    private bool _isCached;

    public int Endpoint { get; private set; }

    /// <summary>Reads the first report in the object that a reader stands on; false: there is none.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, DeviceKeySet keys, scoped Span<Said> values, out ZigbeeReport report)
    {
        report = default;
        return report.Read(ref reader, keys, values, 1);
    }

    /// <summary>The steadier of its names: the friendly one, for the short address changes when a device joins again.</summary>
    /// <param name="payload">The message.</param>
    public readonly ReadOnlySpan<byte> Name(ReadOnlySpan<byte> payload) => payload[_name ?? _address ?? default].Trim((byte)' ');

    private bool Read(ref Utf8JsonReader reader, DeviceKeySet keys, scoped Span<Said> values, int depth)
    {
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Device"u8))
                _address = Text(ref reader);
            else if (reader.ValueTextEquals("Name"u8))
                _name = Text(ref reader);
            else if (reader.ValueTextEquals("Endpoint"u8))
                Endpoint = Whole(ref reader);
            else if (reader.ValueTextEquals("Reachable"u8))
                _isCached = true;
            else if (found || _address is not null || depth == MaxDepth || !IsObject(reader))
                DeviceState.ReadProperty(ref reader, keys, values);
            else
                found = Descend(ref reader, keys, values, depth);
        }

        // What the bridge remembers of a device (ZbInfo) is no report.
        return found || (_address is not null && !_isCached);
    }

    private bool Descend(ref Utf8JsonReader reader, DeviceKeySet keys, scoped Span<Said> values, int depth)
    {
        reader.Read();
        ZigbeeReport inner = default;
        values.Clear();
        var found = inner.Read(ref reader, keys, values, depth + 1);
        if (found)
            this = inner;
        else
            values.Clear();
        return found;
    }

    private static bool IsObject(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    private static Range? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.IsEmpty)
            return null;
        var start = (int)reader.TokenStartIndex + 1; // Behind the quotation mark.
        return start..(start + reader.ValueSpan.Length);
    }

    private static int Whole(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;
    }
}
