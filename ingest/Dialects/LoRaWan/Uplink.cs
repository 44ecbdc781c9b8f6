using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.LoRaWan;

/// <summary>
/// An uplink of ChirpStack (<c>{"deduplicationId":…,"time":…,"object":{…}}</c>) or The Things Stack
/// (<c>{"received_at":…,"uplink_message":{"f_cnt":…,"decoded_payload":{…}}}</c>). The envelope of the latter leaves out what is false, zero
/// or empty: a counter that is absent is zero.
/// </summary>
internal struct Uplink
{
    private const int MaxIdLength = 64;

    private Range? _id;
    private long _count;

    /// <summary>When the network received it, by its own clock.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>Reads a message, which is an object.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static Uplink Read(ReadOnlySpan<byte> payload, scoped Span<Said> values)
    {
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        var uplink = default(Uplink);
        reader.Read();
        uplink.Read(ref reader, values);
        reader.Read(); // Nothing may follow.
        return uplink;
    }

    /// <summary>What tells it from every other of its device: a network may deliver it twice.</summary>
    /// <param name="payload">The message.</param>
    public readonly string Id(ReadOnlySpan<byte> payload) => _id is { } id ? Encoding.UTF8.GetString(payload[id]) : $"{_count}";

    private void Read(ref Utf8JsonReader reader, scoped Span<Said> values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("object"u8) || reader.ValueTextEquals("decoded_payload"u8))
            {
                if (EntersObject(ref reader))
                    DeviceState.ReadObject(ref reader, LoRaWanKeys.All, values);
            }
            else if (reader.ValueTextEquals("uplink_message"u8))
            {
                if (EntersObject(ref reader))
                    Read(ref reader, values);
            }
            else
            {
                ReadEnvelope(ref reader);
            }
        }
    }

    private void ReadEnvelope(ref Utf8JsonReader reader)
    {
        var isTime = reader.ValueTextEquals("time"u8) || reader.ValueTextEquals("received_at"u8);
        var isId = reader.ValueTextEquals("deduplicationId"u8);
        var isCount = reader.ValueTextEquals("f_cnt"u8);
        reader.Read();
        if (isTime)
            Time = ObservedTime.Zoned(ref reader) ?? Time;
        else if (isId && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= MaxIdLength)
            _id = ((int)reader.TokenStartIndex + 1)..((int)reader.TokenStartIndex + 1 + reader.ValueSpan.Length); // Within quotation marks.
        else if (isCount && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count))
            _count = count;
        reader.Skip();
    }

    private static bool EntersObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            return true;
        reader.Skip();
        return false;
    }
}
