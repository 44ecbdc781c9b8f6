using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Tasmota;

/// <summary>
/// Tasmota and the Zigbee devices behind its bridges. What a switch input or a button of its own is wired to is nowhere in a message: it
/// says nothing here. Its times are local, without a zone: the time of receipt is better.
/// </summary>
internal sealed class TasmotaDialect : IHomeDialect
{
    private const int MaxNameLength = 64;

    public string Name => "Tasmota";

    public bool Recognises(Home home, ReadOnlySpan<char> path) => TasmotaTopic.TryRead(path, out _) || IsDiscovery(path);

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        if (!TasmotaTopic.TryRead(path, out var topic) || !topic.IsTelemetry)
            return Decoded.Ambient;
        if (topic.Suffix is "LWT")
            return Meet(home, path, topic.Node) is { } node ? Read(node, message) : Decoded.Reject(Reasons.BadTopic, "the node's name is too long");
        return DeviceState.IsObject(message.Payload.Span) ? ReadZigbee(home, topic.Node, message) : Decoded.Ambient;
    }

    /// <summary>Reads a node's last will: only that is on a topic of its own.</summary>
    public Decoded Read(Device device, in InboundMessage message)
    {
        Span<Said> values = [TasmotaKeys.Node[0].Read(message.Payload.Span)];
        if (values[0] == Said.Inactive)
            device.Link.CameOnline(message.ReceivedAt);
        device.Link.Heard(message.ReceivedAt);
        return device.Take(values, message);
    }

    private Decoded ReadZigbee(Home home, ReadOnlySpan<char> node, in InboundMessage message)
    {
        var reader = new Utf8JsonReader(message.Payload.Span, StrictJson.ReaderOptions);
        Span<Said> values = stackalloc Said[TasmotaKeys.Zigbee.Length];
        reader.Read();
        var found = ZigbeeReport.TryRead(ref reader, TasmotaKeys.Zigbee, values, out var report);
        reader.Read(); // Nothing may follow.
        if (!found || values.IndexOfAnyExcept(Said.Nothing) < 0)
            return Decoded.Ambient;
        return Find(home, node, report.Name(message.Payload.Span), report.Endpoint) is { } device
            ? device.Take(values, message)
            : Decoded.Reject(Reasons.BadTopic, "the device's name is too long");
    }

    /// <summary>A device behind a bridge: all of them may speak on one topic, so each is known by a path that is no topic.</summary>
    private Device? Find(Home home, ReadOnlySpan<char> node, ReadOnlySpan<byte> id, int endpoint)
    {
        if (id.Length > MaxNameLength || node.Length > MaxNameLength)
            return null;
        Span<char> name = stackalloc char[MaxNameLength + 16];
        var length = Encoding.UTF8.GetChars(id, name);
        if (endpoint > 1 && name[length..].TryWrite($"/{endpoint}", out var suffix))
            length += suffix;
        name = name[..length];
        Span<char> path = stackalloc char[(2 * MaxNameLength) + 32];
        path.TryWrite($"#tasmota/{node}#{name}", out length);
        path = path[..length];
        if (home.Find(path) is { } known)
            return known;
        if (home.SourceOf($"{node}/{name}") is not { } source)
            return null;
        var device = new Device(source, TasmotaKeys.Zigbee, home, home.Notes<Nodes>().LinkOf(node), this) { Name = name.ToString() };
        home.Put(path.ToString(), device);
        return device;
    }

    private Device? Meet(Home home, ReadOnlySpan<char> path, ReadOnlySpan<char> node)
    {
        if (home.SourceOf(node) is not { } source)
            return null;
        var device = new Device(source, TasmotaKeys.Node, home, home.Notes<Nodes>().Learn(node), this) { Name = node.ToString() };
        home.Put(path.ToString(), device);
        return device;
    }

    private static bool IsDiscovery(ReadOnlySpan<char> path) =>
        path.StartsWith("tasmota/discovery/") || path.Contains("/tasmota/discovery/", StringComparison.Ordinal);
}
