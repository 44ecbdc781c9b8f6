using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>
/// zigbee2mqtt. Its messages are states, not events: each repeats all that is cached; what a gateway says about its devices decides what a
/// key means.
/// </summary>
internal sealed class Zigbee2MqttDialect : IHomeDialect
{
    public string Name => "zigbee2mqtt";

    public bool IsMetadata(ReadOnlySpan<char> path) => path.EndsWith("/bridge/devices");

    public bool Recognises(Home home, ReadOnlySpan<char> path) =>
        BridgeTopic.Find(path, out _, out _) || !home.Notes<Bridges>().NameIn(path).IsEmpty;

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message) =>
        BridgeTopic.Find(path, out var baseTopic, out var subject)
            ? ReadBridge(home, baseTopic, subject, message)
            : ReadOther(home, path, message);

    public Decoded Read(Device device, in InboundMessage message)
    {
        Span<Said> values = stackalloc Said[device.Keys.Length];
        return DeviceState.TryRead(message.Payload.Span, device.Keys, values) ? device.Take(values, message) : Decoded.Ambient;
    }

    private Decoded ReadBridge(Home home, ReadOnlySpan<char> baseTopic, ReadOnlySpan<char> subject, in InboundMessage message)
    {
        var link = home.Notes<Bridges>().Learn(baseTopic);
        if (subject is "state")
        {
            if (message.Payload.Span.IndexOf("online"u8) >= 0)
                link.CameOnline(message.ReceivedAt);
            link.Heard(message.ReceivedAt);
            return Decoded.Ambient;
        }

        if (subject is not "devices" || message.Payload.IsEmpty)
            return Decoded.Ambient;
        if (DeviceDescription.ReadAll(message.Payload) is not { } descriptions)
            return Decoded.Reject(Reasons.BadShape, "bridge/devices is no list");
        link.Heard(message.ReceivedAt);
        Describe(home, link, baseTopic.ToString(), descriptions);
        return new Decoded { Remember = true };
    }

    /// <summary>Takes a gateway's new description of all its devices under a base topic.</summary>
    private void Describe(Home home, Link link, string baseTopic, List<DeviceDescription> descriptions)
    {
        var prefix = baseTopic.Length == 0 ? "" : baseTopic + "/";
        var before = home.Devices.Where(entry => entry.Value.Dialect == this && entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary();
        var bySource = before.Values.DistinctBy(device => device.Source).ToDictionary(device => device.Source);
        foreach (var path in before.Keys)
            home.Remove(path);
        foreach (var description in descriptions)
        {
            var path = prefix + description.Name;
            if (home.SourceOf(description.Address) is not { } source)
                continue;
            var old = bySource.GetValueOrDefault(source) ?? before.GetValueOrDefault(path);
            // An alarm that sounds under a device's name ends under it too, or it would count twice.
            var device = new Device(old is { IsActive: true } ? old.Source : source, description.Keys, home, link, this)
            {
                Name = description.Name,
                Model = description.Model,
            };
            if (old is not null)
                device.Inherit(old);
            home.Put(path, device);
        }
    }

    /// <summary>Topics that are neither of a known device nor of the bridge: commands, availability, single keys, and devices not met before.</summary>
    private Decoded ReadOther(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        var name = home.Notes<Bridges>().NameIn(path);
        if (IsCommand(name) || message.Payload.IsEmpty)
            return Decoded.Ambient;
        return DeviceState.IsObject(message.Payload.Span)
            ? ReadNew(home, path, name, message)
            : ReadKey(home, path, name, message);
    }

    private Decoded ReadNew(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> name, in InboundMessage message)
    {
        Span<Said> values = stackalloc Said[DeviceKeys.Usual.Length];
        if (!DeviceState.TryRead(message.Payload.Span, DeviceKeys.Usual, values))
            return Decoded.Ambient;
        return Meet(home, path, name) is { } device
            ? device.Take(values, message)
            : Decoded.Reject(Reasons.BadTopic, "the device's name is too long");
    }

    /// <summary>A device that its gateway has not described: known by its name until then. Null: its name is too long for a source.</summary>
    private Device? Meet(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> name)
    {
        if (home.SourceOf(name) is not { } source)
            return null;
        var device = new Device(source, DeviceKeys.Usual, home, home.Notes<Bridges>().Of(path, name), this) { Name = name.ToString() };
        home.Put(path.ToString(), device);
        return device;
    }

    /// <summary>One key on a topic of its own: <c>{name}/{key}</c> with a bare value.</summary>
    private Decoded ReadKey(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> name, in InboundMessage message)
    {
        var slash = path.LastIndexOf('/');
        var key = path[(slash + 1)..];
        if (slash < 0 || key.Length == name.Length)
            return ReadWord(message.Payload.Span);
        var device = home.Find(path[..slash]);
        if (device is null && DeviceKeys.Usual.IndexOf(key, 0) >= 0)
            device = Meet(home, path[..slash], name[..name.LastIndexOf('/')]);
        if (device is null)
            return ReadWord(message.Payload.Span);
        Span<Said> values = stackalloc Said[device.Keys.Length];
        var text = message.Payload.Span.Trim("\" \r\n\t"u8);
        for (var i = device.Keys.IndexOf(key, 0); i >= 0; i = device.Keys.IndexOf(key, i + 1))
            values[i] = device.Keys[i].Read(text);
        return device.Take(values, message);
    }

    private static Decoded ReadWord(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        while (reader.Read())
            reader.Skip();
        return Decoded.Ambient;
    }

    private static bool IsCommand(ReadOnlySpan<char> name)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        if (last is "set" or "get" or "availability")
            return true;
        var rest = name[..Math.Max(0, name.LastIndexOf('/'))];
        return rest[(rest.LastIndexOf('/') + 1)..] is "set" or "get";
    }
}
