using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Shelly;

/// <summary>Shelly's first generation: <c>shellies/{id}/{property}</c> with a plain value.</summary>
internal sealed class ShellyFirstGenerationDialect : IHomeDialect
{
    private const string Root = "shellies";
    private static readonly DeviceKeySet Keys = ShellyKeys.FirstGeneration;

    public string Name => "Shelly";

    public bool Recognises(Home home, ReadOnlySpan<char> path) => TrySplit(path, out _, out _);

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        TrySplit(path, out var owner, out var property);
        var id = owner[(owner.LastIndexOf('/') + 1)..];
        Span<Said> values = stackalloc Said[Keys.Length];
        if (property is not "status")
            Read(property, message.Payload.Span, values);
        else if (DeviceState.IsObject(message.Payload.Span))
            DeviceState.TryRead(message.Payload.Span, Keys, values);
        if (id.IsEmpty || values.IndexOfAnyExcept(Said.Nothing) < 0)
            return Decoded.Ambient;
        if (Meet(home, owner, id) is not { } device)
            return Decoded.Reject(Reasons.BadTopic, "the device's name is too long");
        if (property is "online")
        {
            // Only the gas alarm runs on mains. What runs on a battery goes online in order to tell its news.
            if (values[0] == Said.Inactive && id.StartsWith("shellygas"))
                device.Link.CameOnline(message.ReceivedAt);
            device.Link.Heard(message.ReceivedAt);
        }

        return device.Take(values, message);
    }

    /// <summary>No topic leads to a device: each has many, and none is the device's own path.</summary>
    public Decoded Read(Device device, in InboundMessage message) => Decoded.Ambient;

    private static void Read(ReadOnlySpan<char> property, ReadOnlySpan<byte> payload, Span<Said> values)
    {
        var text = payload.Trim("\" \r\n\t"u8);
        for (var i = Keys.IndexOf(property, 0); i >= 0; i = Keys.IndexOf(property, i + 1))
            values[i] = Keys[i].Read(text);
    }

    /// <summary>A device speaks on many topics: it is known by the path above them.</summary>
    private Device? Meet(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> id)
    {
        if (home.Find(path) is { } known && known.Dialect == this)
            return known;
        if (home.SourceOf(id) is not { } source)
            return null;
        var device = new Device(source, Keys, home, new Link(), this) { Name = id.ToString() };
        home.Put(path.ToString(), device);
        return device;
    }

    private static bool TrySplit(ReadOnlySpan<char> path, out ReadOnlySpan<char> owner, out ReadOnlySpan<char> property)
    {
        var rest = path;
        while (!rest.IsEmpty)
        {
            if (TopicRules.Level(ref rest) is not Root)
                continue;
            TopicRules.Level(ref rest);
            owner = path[..Math.Max(0, path.Length - rest.Length - 1)];
            property = rest;
            return true;
        }

        owner = property = default;
        return false;
    }
}
