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
    private const string Availability = "/availability";

    /// <summary>How availability is said as an object.</summary>
    private static readonly DeviceKeySet State = new([new DeviceKey("state", "supervision.offline", ["offline"], ["online"])]);

    public string Name => "zigbee2mqtt";

    public bool IsMetadata(ReadOnlySpan<char> path) => path.EndsWith("/bridge/devices") || path.EndsWith("/bridge/groups");

    public bool Recognises(Home home, ReadOnlySpan<char> path) =>
        BridgeTopic.Find(path, out _, out _) || !home.Notes<Bridges>().NameIn(path).IsEmpty;

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message) =>
        BridgeTopic.Find(path, out var baseTopic, out var subject)
            ? ReadBridge(home, baseTopic, subject, message)
            : ReadOther(home, path, message);

    public Decoded Read(Device device, in InboundMessage message)
    {
        Span<Said> values = stackalloc Said[device.Keys.Length];
        if (!DeviceState.TryRead(message.Payload.Span, device.Keys, values))
            return Decoded.Ambient;
        if (device.Notes is Warming warming)
            warming.Take(message.Payload.Span, values, message.ReceivedAt);
        return device.Take(values, message);
    }

    private Decoded ReadBridge(Home home, ReadOnlySpan<char> baseTopic, ReadOnlySpan<char> subject, in InboundMessage message)
    {
        var link = home.Notes<Bridges>().Learn(baseTopic);
        if (subject is not ("state" or "devices" or "groups" or "event") || message.Payload.IsEmpty)
            return Decoded.Ambient;
        if (subject is "state" && message.Payload.Span.IndexOf("online"u8) >= 0)
            link.CameOnline(message.ReceivedAt);
        link.Heard(message.ReceivedAt);
        var inventory = new Inventory(home, link, baseTopic.ToString(), this);
        return subject switch
        {
            "devices" => ReadDevices(inventory, message),
            "groups" => inventory.LearnGroups(message.Payload) ? new Decoded { Remember = true } : Decoded.Reject(Reasons.BadShape, "bridge/groups is no list"),
            "event" => ReadEvent(inventory, message),
            _ => ReadBridgeState(home, link, message),
        };
    }

    /// <summary>Whether the program itself is there: its birth and its last will. Rare, and an edge of what is written down, not of what is remembered here.</summary>
    private Decoded ReadBridgeState(Home home, Link link, in InboundMessage message)
    {
        var path = message.Topic.AsSpan((home.SourceOf("")?.Length ?? 0)..);
        Span<Said> state = stackalloc Said[1];
        if (!DeviceState.IsObject(message.Payload.Span))
            state[0] = State[0].Read(message.Payload.Span);
        else
            DeviceState.TryRead(message.Payload.Span, State, state);
        return Presence.Of(home, path.ToString(), link, State, this)?.Take(state, message) ?? Decoded.Ambient;
    }

    private static Decoded ReadDevices(Inventory inventory, in InboundMessage message)
    {
        if (DeviceDescription.ReadAll(message.Payload) is not { } descriptions)
            return Decoded.Reject(Reasons.BadShape, "bridge/devices is no list");
        inventory.Replace(descriptions);
        return new Decoded { Remember = true };
    }

    private static Decoded ReadEvent(Inventory inventory, in InboundMessage message)
    {
        if (DeviceDescription.ReadEvent(message.Payload) is not { } told)
            return Decoded.Ambient;
        if (told.HasLeft)
            inventory.Remove(told.Device);
        else
            inventory.Update(told.Device);
        return Decoded.Ambient;
    }

    /// <summary>Topics that are neither of a known device nor of the bridge: commands, availability, groups, single keys, and devices not met before.</summary>
    private Decoded ReadOther(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        var bridges = home.Notes<Bridges>();
        var name = bridges.NameIn(path);
        if (IsCommand(name) || message.Payload.IsEmpty || bridges.IsOfGroup(path))
            return Decoded.Ambient;
        if (name.EndsWith(Availability))
            return ReadAvailability(home.Find(path[..^Availability.Length]), message);
        return DeviceState.IsObject(message.Payload.Span)
            ? ReadNew(home, path, name, message)
            : ReadKey(home, path, name, message);
    }

    private static Decoded ReadAvailability(Device? device, in InboundMessage message)
    {
        var payload = message.Payload.Span;
        Span<Said> state = stackalloc Said[1];
        if (!DeviceState.IsObject(payload))
            state[0] = State[0].Read(payload); // As it was before 2.0.
        else if (!DeviceState.TryRead(payload, State, state))
            return Decoded.Ambient;
        if (device is null)
            return Decoded.Ambient;
        Span<Said> values = stackalloc Said[device.Keys.Length];
        values[device.Keys.IndexOf(SupervisionKeys.Availability)] = state[0];
        return device.Take(values, message);
    }

    private Decoded ReadNew(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> name, in InboundMessage message)
    {
        var told = DeviceDescription.ReadState(message.Payload, name);
        if (told is null && home.Find(path[..Math.Max(0, path.LastIndexOf('/'))]) is { Model: not null })
            return Decoded.Ambient; // One key of a device, with parts.
        var device = told is null ? Meet(home, path, name) : Identify(home, path, name, told);
        return device is null ? Decoded.Reject(Reasons.BadTopic, "the device's name is too long") : Read(device, message);
    }

    /// <summary>A device that its gateway has not described: known by its name until then. Null: its name is too long for a source.</summary>
    private Device? Meet(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> name)
    {
        if (home.SourceOf(name) is not { } source)
            return null;
        var device = new Device(source, DeviceKeys.Unknown, home, home.Notes<Bridges>().Of(path, name), this) { Name = name.ToString() };
        home.Put(path.ToString(), device);
        return device;
    }

    private Device? Identify(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> name, DeviceDescription told)
    {
        var baseTopic = path[..Math.Max(0, path.Length - name.Length - 1)].ToString();
        return new Inventory(home, home.Notes<Bridges>().Of(path, name), baseTopic, this).Update(told);
    }

    /// <summary>One key on a topic of its own: <c>{name}/{key}</c> with a bare value.</summary>
    private Decoded ReadKey(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> name, in InboundMessage message)
    {
        var slash = name.LastIndexOf('/');
        if (slash < 0)
            return ReadWord(message.Payload.Span);
        var key = name[(slash + 1)..];
        var owner = path[..^(key.Length + 1)];
        var device = home.Find(owner);
        if (device is null && DeviceKeys.Unknown.IndexOf(key, 0) >= 0)
            device = Meet(home, owner, name[..slash]);
        if (device is null)
            return Decoded.Ambient;
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
        if (last is "set" or "get")
            return true;
        var rest = name[..Math.Max(0, name.LastIndexOf('/'))];
        return rest[(rest.LastIndexOf('/') + 1)..] is "set" or "get";
    }
}
