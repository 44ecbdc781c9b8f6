using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Homie;

/// <summary>
/// The Homie convention: version 5, which describes a device in one message, and 3 and 4, which do it in a topic for each attribute. It has no
/// word for smoke or water: what a property means is told by the names that its maker gave, where they are plain.
/// </summary>
internal sealed class HomieDialect : IHomeDialect
{
    private static readonly DeviceKeySet State = Presence.Keys(offline: ["disconnected", "lost"], online: ["ready"]);

    public string Name => "Homie";

    public bool IsMetadata(ReadOnlySpan<char> path) => path.EndsWith("/$description");

    public bool Recognises(Home home, ReadOnlySpan<char> path) => !home.Notes<HomieDevices>().TopicIn(path).IsEmpty;

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        var topic = home.Notes<HomieDevices>().TopicIn(path);
        var attribute = HomieTopic.Attribute(path[(topic.Length + 1)..], out var of);
        if (attribute.IsEmpty || home.Notes<HomieDevices>().Of(topic) is not { } device)
            return Decoded.Ambient;
        if (!of.IsEmpty)
            return ReadAttribute(home, device, topic, of, attribute, message);
        return attribute switch
        {
            "$state" when Presence.Of(home, topic.ToString(), device.Link, State, this) is { } state => Read(Put(home, path.ToString(), state), message),
            "$description" => ReadDescription(home, device, topic, message),
            "$homie" when message.Payload.IsEmpty => Forget(home, device, topic),
            _ => Decoded.Ambient,
        };
    }

    public Decoded Read(Device device, in InboundMessage message)
    {
        var text = message.Payload.Span.Trim(" \r\n\t"u8);
        var said = device.Keys[0].Read(text);
        if (device.Notes is not Link link)
            return said == Said.Nothing ? Decoded.Ambient : device.Take([said], message);
        return text.IsEmpty ? Forget(device.Home, message) : Presence.Take(device, link, said, message);
    }

    private Decoded ReadDescription(Home home, HomieDevice device, ReadOnlySpan<char> topic, in InboundMessage message)
    {
        using var document = message.Payload.IsEmpty ? null : JsonDocument.Parse(message.Payload, StrictJson.DocumentOptions);
        var kept = home.Notes<Descriptions>().Keep(message);
        if (kept.Reason is not null)
            return kept;
        var before = device.Properties.ToList();
        device.Clear();
        foreach (var (node, what) in Members(document?.RootElement.Member("nodes")))
        {
            device.Describe(node, new HomiePart { Name = what.Text("name") ?? "", Type = what.Text("type") ?? "" });
            foreach (var (property, says) in Members(what.Member("properties")))
                device.Describe($"{node}/{property}", PropertyOf(says));
        }

        Apply(home, device, topic, before.Union(device.Properties));
        return kept;
    }

    private Decoded ReadAttribute(
        Home home, HomieDevice device, ReadOnlySpan<char> topic, ReadOnlySpan<char> of, ReadOnlySpan<char> attribute, in InboundMessage message)
    {
        var path = of.ToString();
        if (!device.Describe(path, attribute, Encoding.UTF8.GetString(message.Payload.Span)))
            return Decoded.Ambient;
        var kept = home.Notes<Descriptions>().Keep(message);
        if (kept.Reason is not null)
            return kept;
        Apply(home, device, topic, path.Contains('/') ? [path] : device.Properties.Where(property => property.StartsWith(path + "/", StringComparison.Ordinal)).ToList());
        return kept;
    }

    /// <summary>Lets the devices of a home say what the properties now mean.</summary>
    private void Apply(Home home, HomieDevice device, ReadOnlySpan<char> topic, IEnumerable<string> properties)
    {
        foreach (var property in properties)
        {
            var path = $"{topic}/{property}";
            var old = home.Find(path);
            if (device.KeysOf(property) is not { } keys || home.SourceOf(path) is not { } source)
            {
                home.Remove(path);
                continue;
            }

            var now = new Device(source, keys, home, device.Link, this) { Name = property, Body = device.Body };
            if (old is not null)
                now.Inherit(old);
            Put(home, path, now);
        }
    }

    /// <summary>A device whose state was taken back is no more.</summary>
    private static Decoded Forget(Home home, in InboundMessage message)
    {
        var path = message.Topic.AsSpan(home.Premises.Gateway.Length + "homes//".Length);
        var topic = home.Notes<HomieDevices>().TopicIn(path);
        home.Remove(path.ToString());
        return home.Notes<HomieDevices>().Of(topic) is { } device ? Forget(home, device, topic) : Decoded.Ambient;
    }

    private static Decoded Forget(Home home, HomieDevice device, ReadOnlySpan<char> topic)
    {
        foreach (var property in device.Properties)
            home.Remove($"{topic}/{property}");
        home.Notes<HomieDevices>().Remove(topic);
        return Decoded.Ambient;
    }

    private static Device Put(Home home, string path, Device device)
    {
        home.Put(path, device);
        return device;
    }

    private static HomiePart PropertyOf(JsonElement property) => new()
    {
        Name = property.Text("name") ?? "",
        DataType = property.Text("datatype") ?? "",
        IsSettable = property.Member("settable") is { ValueKind: JsonValueKind.True },
        IsRetained = property.Member("retained") is not { ValueKind: JsonValueKind.False },
    };

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } all
            ? all.EnumerateObject().Where(member => !member.Name.Contains('/')).Select(member => (member.Name, member.Value))
            : [];
}
