using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Rtl433;

/// <summary>
/// rtl_433: a receiver of small transmitters, <c>rtl_433/{host}/events</c>. It hears the neighbours' too. Its times are local, as a rule
/// without a zone: only those with one are taken. The topics with one field each repeat the events and are passed over.
/// </summary>
internal sealed class Rtl433Dialect : IHomeDialect
{
    private const string Root = "rtl_433";
    private const int MaxLength = 48;

    public string Name => "rtl_433";

    public bool Recognises(Home home, ReadOnlySpan<char> path)
    {
        var rest = path;
        while (!rest.IsEmpty)
        {
            if (TopicRules.Level(ref rest) is Root)
                return true;
        }

        return false;
    }

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        if (!path.EndsWith("/events") || !DeviceState.IsObject(message.Payload.Span))
            return Decoded.Ambient;
        Span<char> model = stackalloc char[MaxLength];
        Span<char> id = stackalloc char[MaxLength];
        var (modelLength, idLength) = ReadWho(message.Payload.Span, model, id);
        if (Rtl433Models.Of(model[..modelLength]) is not { } keys)
            return Decoded.Ambient;
        return Meet(home, model[..modelLength], id[..idLength], keys) is { } device
            ? Read(device, message)
            : Decoded.Reject(Reasons.BadTopic, "the device's name is too long");
    }

    /// <summary>Reads what a transmitter says; which one it was is known.</summary>
    public Decoded Read(Device device, in InboundMessage message)
    {
        var reader = new Utf8JsonReader(message.Payload.Span, StrictJson.ReaderOptions);
        Span<Said> values = stackalloc Said[device.Keys.Length];
        DateTimeOffset? time = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("time"u8))
            {
                DeviceState.ReadProperty(ref reader, device.Keys, values);
                continue;
            }

            reader.Read();
            time = ObservedTime.Zoned(ref reader);
            reader.Skip();
        }

        return device.Take(values, message, time.Believed(message.ReceivedAt));
    }

    /// <summary>The lengths of the model and of what tells one from another: the id, which is a number or a text.</summary>
    private static (int Model, int Id) ReadWho(ReadOnlySpan<byte> payload, scoped Span<char> model, scoped Span<char> id)
    {
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        var (modelLength, idLength) = (0, 0);
        reader.Read();
        while (reader.Read())
        {
            var (isModel, isId) = (false, false);
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                (isModel, isId) = (reader.ValueTextEquals("model"u8), reader.ValueTextEquals("id"u8));
                reader.Read();
            }

            if (isModel)
                modelLength = Copy(ref reader, model);
            else if (isId)
                idLength = Copy(ref reader, id);
            reader.Skip();
        }

        return (modelLength, idLength);
    }

    private static int Copy(ref Utf8JsonReader reader, scoped Span<char> room) => reader.TokenType switch
    {
        JsonTokenType.String when reader.ValueSpan.Length <= room.Length => reader.CopyString(room),
        JsonTokenType.Number when reader.ValueSpan.Length <= room.Length => Encoding.UTF8.GetChars(reader.ValueSpan, room),
        _ => 0,
    };

    /// <summary>Transmitters are known by a path that is no topic: all speak on one. The channel is left out, for a user may change it.</summary>
    private Device? Meet(Home home, scoped ReadOnlySpan<char> model, scoped ReadOnlySpan<char> id, DeviceKeySet keys)
    {
        Span<char> path = stackalloc char[(2 * MaxLength) + 16];
        path.TryWrite($"#{Root}/{model}/{id}", out var length);
        path = path[..length];
        if (home.Find(path) is { } known)
            return known;
        if (home.SourceOf(path[(Root.Length + 2)..]) is not { } source)
            return null;
        var device = new Device(source, keys, home, new Link(), this)
        {
            Name = id.ToString(),
            Model = model.ToString(),
            Overheard = path[1..].ToString(),
        };
        home.Put(path.ToString(), device);
        return device;
    }
}
