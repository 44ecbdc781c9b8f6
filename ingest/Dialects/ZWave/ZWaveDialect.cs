using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.ZWave;

/// <summary>
/// Z-Wave by zwave-js-ui. Each value has a topic of its own, retained, with the time at which the device last reported it; the topic says what
/// the value means.
/// </summary>
internal sealed class ZWaveDialect : IHomeDialect
{
    /// <summary>A state that began no longer ago is news though it is retained: a gateway that was cut off delivers late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    private static readonly DeviceKeySet Availability = Presence.Keys(offline: ["false"], online: ["true"]);

    public string Name => "zwave-js-ui";

    public bool Recognises(Home home, ReadOnlySpan<char> path) =>
        path.StartsWith("zwave", StringComparison.OrdinalIgnoreCase) || path.Contains("/ZWAVE_GATEWAY-", StringComparison.Ordinal)
        || ValueTopic.Find(path, out _) || (IsStatus(path, out var node) && home.Notes<Nodes>().Knows(node));

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        var device = ValueTopic.Find(path, out var topic) ? Meet(home, path, topic)
            : IsStatus(path, out var node) ? MeetStatus(home, path, node)
            : null;
        return device is null ? Decoded.Ambient : Read(device, message);
    }

    public Decoded Read(Device device, in InboundMessage message)
    {
        if (message.Payload.IsEmpty)
            return Decoded.Ambient; // A node that was removed.
        Span<Said> values = stackalloc Said[device.Keys.Length];
        var time = ValueMessage.Read(message.Payload.Span, device.Keys, values).Believed(message.ReceivedAt);
        if (device.Notes is Link link)
            return Presence.Take(device, link, values[0], message);
        if (device.Notes is Value { IsEvent: true })
            values.Fill(Said.Active);
        return device.Take(values, message, time, hasJustBegun: message.ReceivedAt - time <= Late);
    }

    /// <summary>Takes in a value that matters; null: it does not, or its name is too long for a source.</summary>
    private Device? Meet(Home home, ReadOnlySpan<char> path, in ValueTopic topic)
    {
        var nodes = home.Notes<Nodes>();
        var body = nodes.Of(topic.Node);
        if (Values.Of(topic.Class, topic.Property) is not { } value)
            return null;
        var source = home.SourceOf(topic.Endpoint.IsEmpty ? topic.Node : $"{topic.Node}/{topic.Endpoint}");
        return source is null ? null : Put(home, path, new Device(source, value.Keys, home, nodes.Link, this)
        {
            Name = topic.Node[(topic.Node.LastIndexOf('/') + 1)..].ToString(),
            Body = body,
            Notes = value,
        });
    }

    /// <summary>Takes in where the gateway says whether it runs, or that a node is dead.</summary>
    private Device? MeetStatus(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> of)
    {
        var nodes = home.Notes<Nodes>();
        if (of.EndsWith("/driver") || of.Contains("/ZWAVE_GATEWAY-", StringComparison.Ordinal))
            return Presence.Of(home, of.ToString(), nodes.Link, Availability, this) is { } presence ? Put(home, path, presence) : null;
        return home.SourceOf(of) is { } source ? Put(home, path, new Device(source, Availability, home, new Link(), this)) : null;
    }

    private static Device Put(Home home, ReadOnlySpan<char> path, Device device)
    {
        home.Put(path.ToString(), device);
        return device;
    }

    private static bool IsStatus(ReadOnlySpan<char> path, out ReadOnlySpan<char> of)
    {
        of = path[..Math.Max(0, path.LastIndexOf('/'))];
        return path.EndsWith("/status");
    }
}
