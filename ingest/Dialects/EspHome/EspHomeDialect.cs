using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.EspHome;

/// <summary>
/// ESPHome nodes. What a component is, they tell by Home Assistant's discovery, whose dialect takes the components that it has heard of; here is what
/// is told without it: the names, where they are plain, and whether the node is there.
/// </summary>
internal sealed class EspHomeDialect : IHomeDialect
{
    private static readonly DeviceKeySet Birth = Presence.Keys(offline: ["offline"], online: ["online"]);

    public string Name => "ESPHome";

    public bool Recognises(Home home, ReadOnlySpan<char> path) =>
        ComponentTopic.Find(path, out _) || path.StartsWith("esphome/") || path.EndsWith("/status") || home.Notes<EspHomeNodes>().Knows(NodeIn(path));

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        if (ComponentTopic.Find(path, out var topic))
            return topic is { Component: "binary_sensor", IsState: true } && Meet(home, path, topic) is { } component ? Read(component, message) : Decoded.Ambient;
        if (path.EndsWith("/status") && Birth[0].Read(message.Payload.Span) != Said.Nothing)
            return MeetNode(home, path) is { } node ? Read(node, message) : Decoded.Ambient;
        // Many things have a topic called status: it is a node's by what it says.
        return path.StartsWith("esphome/") || home.Notes<EspHomeNodes>().Knows(NodeIn(path)) ? Decoded.Ambient : Decoded.Reject(Reasons.UnknownDialect);
    }

    public Decoded Read(Device device, in InboundMessage message)
    {
        if (device.Keys.Length == 0)
            return Decoded.Ambient;
        var said = device.Keys[0].Read(message.Payload.Span.Trim(" \r\n\t"u8));
        if (said == Said.Nothing)
            return Decoded.Ambient;
        return device.Notes is Link link ? Presence.Take(device, link, said, message) : device.Take([said], message);
    }

    /// <summary>Takes in a binary sensor, which says nothing where its name does not tell; null: the name is too long for a source.</summary>
    private Device? Meet(Home home, ReadOnlySpan<char> path, in ComponentTopic topic)
    {
        var node = home.Notes<EspHomeNodes>().Of(topic.Prefix);
        var name = topic.Name.ToString();
        var keys = DeviceKeySets.Shared(Wording.KindOf(name) is { } kind ? [new DeviceKey("", kind, ["ON", "on"], ["OFF", "off"])] : []);
        return home.SourceOf($"{topic.Prefix}/{topic.Component}/{name}") is { } source
            ? Put(home, path, new Device(source, keys, home, node.Link, this) { Name = name, Body = node.Body })
            : null;
    }

    private Device? MeetNode(Home home, ReadOnlySpan<char> path)
    {
        var node = home.Notes<EspHomeNodes>().Of(NodeIn(path));
        return Presence.Of(home, path.ToString(), node.Link, Birth, this) is { } presence ? Put(home, path, presence) : null;
    }

    /// <summary>The node whose status or log a path is.</summary>
    private static ReadOnlySpan<char> NodeIn(ReadOnlySpan<char> path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private static Device Put(Home home, ReadOnlySpan<char> path, Device device)
    {
        home.Put(path.ToString(), device);
        return device;
    }
}
