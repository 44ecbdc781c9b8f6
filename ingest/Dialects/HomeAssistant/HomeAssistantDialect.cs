using System.Text;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>
/// Home Assistant: what devices of any make say of themselves for its MQTT discovery, and mqtt_statestream, in which it repeats all its own entities.
/// <c>expire_after</c> needs nothing here: the area lets an alarm that is not repeated go after its own time.
/// </summary>
internal sealed class HomeAssistantDialect : IHomeDialect
{
    private static readonly DeviceKeySet Birth = Presence.Keys(offline: ["offline"], online: ["online"]);

    public string Name => "Home Assistant";

    public bool IsMetadata(ReadOnlySpan<char> path) => path.EndsWith("/config");

    public bool Recognises(Home home, ReadOnlySpan<char> path)
    {
        if (DiscoveryTopic.Find(path, out _) || IsBirth(path) || home.Notes<Entities>().Names(path))
            return true;
        return StateTopic.Find(path, out var topic) && (topic.HasUsualBase || topic.IsTelling || home.Notes<StateStream>().IsBase(topic.Base));
    }

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        if (DiscoveryTopic.Find(path, out var discovery))
            return Describe(home, path.ToString(), discovery, message);
        if (IsBirth(path) && Presence.Of(home, path.ToString(), home.Notes<StateStream>().Link, Birth, this) is { } birth)
            return Read(Put(home, path.ToString(), birth), message);
        return !home.Notes<Entities>().Names(path) && StateTopic.Find(path, out var topic) ? ReadStream(home, path, topic, message) : Decoded.Ambient;
    }

    public Decoded Read(Device device, in InboundMessage message)
    {
        var payload = message.Payload.Span;
        if (payload.IsEmpty)
            return Decoded.Ambient;
        Span<Said> values = stackalloc Said[device.Keys.Length];
        var reading = device.Notes as Reading;
        for (var i = 0; i < values.Length; i++)
            values[i] = reading is null ? device.Keys[i].Read(payload.Trim(" \r\n\t"u8)) : reading.Entities[i].Read(payload);
        if ((reading?.Governs ?? device.Notes as Link) is { } link)
            return Presence.Take(device, link, values[0], message);
        var decoded = device.Take(values, message);
        return decoded.Signals.Count == 0 && reading is { HasUndecodable: true }
            ? Decoded.Reject(Reasons.Undecodable, "its discovery message needs a template that is not understood")
            : decoded;
    }

    private Decoded Describe(Home home, string path, in DiscoveryTopic topic, in InboundMessage message)
    {
        if ((message.Payload.IsEmpty ? [] : Discovery.Read(path, topic, message.Payload)) is not { } entities)
            return Decoded.Reject(Reasons.BadShape, "the discovery message is no object");
        // What only repeats devices of another dialect need not be known, nor take room.
        var isOthers = entities.Count > 0 && entities.TrueForAll(entity => home.IsTakenBefore(this, entity.Path));
        var kept = isOthers ? Decoded.Ambient : home.Notes<Descriptions>().Keep(message);
        if (kept.Reason is not null)
            return kept;
        foreach (var changed in home.Notes<Entities>().Apply(path, isOthers ? [] : entities))
        {
            if (home.IsTakenBefore(this, changed))
                continue;
            var old = home.Find(changed);
            if (home.Notes<Entities>().DeviceOf(home, changed, this) is { } device)
                Replace(home, changed, old, device);
            else if (old?.Dialect == this)
                home.Remove(changed);
        }

        return kept;
    }

    private Decoded ReadStream(Home home, ReadOnlySpan<char> path, in StateTopic topic, in InboundMessage message)
    {
        if (topic.IsTelling && home.Notes<StateStream>().Learn(topic.Base))
            TakeOver(home, $"{topic.Base}/");
        if (topic.Leaf is "device_class")
            return Classify(home, path[..path.LastIndexOf('/')], topic, message);
        if (topic.Domain is not "alarm_control_panel" || topic.Leaf is not "state")
            return Decoded.Ambient;
        return Meet(home, path.ToString(), topic, "") is { } panel ? Read(panel, message) : Decoded.Ambient;
    }

    /// <summary>What was taken for something else before the base was known as a statestream's is forgotten.</summary>
    private void TakeOver(Home home, string prefix)
    {
        foreach (var (path, device) in home.Devices.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList())
        {
            if (device.Dialect != this && !home.IsTakenBefore(this, path))
                home.Remove(path);
        }
    }

    /// <summary>Takes in the class of an entity: without it a binary sensor means nothing.</summary>
    private Decoded Classify(Home home, ReadOnlySpan<char> entity, in StateTopic topic, in InboundMessage message)
    {
        if (topic.Domain is not "binary_sensor")
            return Decoded.Ambient;
        var kept = home.Notes<Descriptions>().Keep(message);
        if (kept.Reason is not null)
            return kept;
        var path = $"{entity}/state";
        if (Meet(home, path, topic, Encoding.UTF8.GetString(message.Payload.Span.Trim("\" \r\n\t"u8))) is null)
            home.Remove(path);
        return kept;
    }

    private Device? Meet(Home home, string path, in StateTopic topic, string deviceClass)
    {
        var name = topic.Object.ToString();
        if (StateStream.KeysOf(topic.Domain.ToString(), deviceClass, name) is not { } keys || home.SourceOf($"{topic.Domain}.{name}") is not { } source)
            return null;
        return Replace(home, path, home.Find(path), new Device(source, keys, home, home.Notes<StateStream>().Link, this) { Name = name });
    }

    private static Device Replace(Home home, string path, Device? old, Device now)
    {
        if (old is not null)
            now.Inherit(old);
        return Put(home, path, now);
    }

    private static Device Put(Home home, string path, Device device)
    {
        home.Put(path, device);
        return device;
    }

    private static bool IsBirth(ReadOnlySpan<char> path) => path is DiscoveryTopic.DefaultPrefix + "/status" || path.EndsWith("/" + DiscoveryTopic.DefaultPrefix + "/status");
}
