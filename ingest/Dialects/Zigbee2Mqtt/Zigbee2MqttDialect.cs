using System.Collections.Concurrent;
using System.Text.Json;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>
/// zigbee2mqtt, bridged unmodified under <c>homes/{gateway}/</c>. Its messages are states, not events: each repeats all that is cached, so
/// what a device last said is remembered here, and what a gateway says about its devices decides what a key means.
/// </summary>
internal sealed class Zigbee2MqttDialect(Registry registry) : IDialect
{
    private readonly ConcurrentDictionary<string, Gateway> _gateways = new();

    public bool Recognises(ReadOnlySpan<char> topic) => topic.StartsWith("homes/");

    public bool IsMetadata(ReadOnlySpan<char> topic) => topic.EndsWith("/bridge/devices");

    public Decoded Decode(in InboundMessage message)
    {
        var path = message.Topic.AsSpan();
        TopicRules.Level(ref path);
        if (registry.Gateway(TopicRules.Level(ref path)) is not { } premises)
            return Decoded.Reject(Reasons.UnregisteredSource);
        var gateway = _gateways.GetOrAdd(premises.Gateway, static (_, home) => new Gateway(home), premises);
        lock (gateway.Gate)
        {
            return gateway.Find(path) is { } device
                ? ReadState(gateway, device, message)
                : BridgeTopic.Find(path, out var baseTopic, out var subject)
                    ? ReadBridge(gateway, baseTopic, subject, message)
                    : ReadOther(gateway, path, message);
        }
    }

    private static Decoded ReadState(Gateway gateway, Device device, in InboundMessage message)
    {
        Span<Said> values = stackalloc Said[device.Keys.Length];
        if (!DeviceState.TryRead(message.Payload.Span, device.Keys, values))
            return Decoded.Ambient;
        gateway.HeardDevice();
        return Answer(device, device.Take(values, message));
    }

    private static Decoded ReadBridge(Gateway gateway, ReadOnlySpan<char> baseTopic, ReadOnlySpan<char> subject, in InboundMessage message)
    {
        gateway.LearnBase(baseTopic);
        if (subject is "state")
        {
            if (message.Payload.Span.IndexOf("online"u8) >= 0)
                gateway.CameOnline(message.ReceivedAt);
            gateway.Heard(message.ReceivedAt);
            return Decoded.Ambient;
        }

        if (subject is not "devices" || message.Payload.IsEmpty)
            return Decoded.Ambient;
        if (DeviceDescription.ReadAll(message.Payload) is not { } descriptions)
            return Decoded.Reject(Reasons.BadShape, "bridge/devices is no list");
        gateway.Heard(message.ReceivedAt);
        gateway.Describe(baseTopic.ToString(), descriptions);
        return new Decoded { Remember = true };
    }

    /// <summary>Topics that are neither of a known device nor of the bridge: commands, availability, single keys, and devices not met before.</summary>
    private static Decoded ReadOther(Gateway gateway, ReadOnlySpan<char> path, in InboundMessage message)
    {
        var name = gateway.NameIn(path);
        if (name.IsEmpty)
            return Decoded.Reject(Reasons.UnknownDialect);
        if (IsCommand(name) || message.Payload.IsEmpty)
            return Decoded.Ambient;
        return DeviceState.IsObject(message.Payload.Span)
            ? ReadNew(gateway, path, name, message)
            : ReadKey(gateway, path, name, message);
    }

    private static Decoded ReadNew(Gateway gateway, ReadOnlySpan<char> path, ReadOnlySpan<char> name, in InboundMessage message)
    {
        Span<Said> values = stackalloc Said[DeviceKeys.Usual.Length];
        if (!DeviceState.TryRead(message.Payload.Span, DeviceKeys.Usual, values))
            return Decoded.Ambient;
        if (gateway.Meet(path, name) is not { } device)
            return Decoded.Reject(Reasons.BadTopic, "the device's name is too long");
        gateway.HeardDevice();
        return Answer(device, device.Take(values, message));
    }

    /// <summary>One key on a topic of its own: <c>{name}/{key}</c> with a bare value.</summary>
    private static Decoded ReadKey(Gateway gateway, ReadOnlySpan<char> path, ReadOnlySpan<char> name, in InboundMessage message)
    {
        var slash = path.LastIndexOf('/');
        var key = path[(slash + 1)..];
        if (slash < 0 || key.Length == name.Length)
            return ReadWord(message.Payload.Span);
        var device = gateway.Find(path[..slash]);
        if (device is null && DeviceKeys.Usual.IndexOf(key, 0) >= 0)
            device = gateway.Meet(path[..slash], name[..name.LastIndexOf('/')]);
        if (device is null)
            return ReadWord(message.Payload.Span);
        Span<Said> values = stackalloc Said[device.Keys.Length];
        var text = message.Payload.Span.Trim("\" \r\n\t"u8);
        for (var i = device.Keys.IndexOf(key, 0); i >= 0; i = device.Keys.IndexOf(key, i + 1))
            values[i] = device.Keys[i].Read(text);
        gateway.HeardDevice();
        return Answer(device, device.Take(values, message));
    }

    private static Decoded ReadWord(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        while (reader.Read())
            reader.Skip();
        return Decoded.Ambient;
    }

    private static Decoded Answer(Device device, List<Signals.Signal>? signals) =>
        signals is null ? Decoded.Ambient : new Decoded { Signals = signals, Delivery = device };

    private static bool IsCommand(ReadOnlySpan<char> name)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        if (last is "set" or "get" or "availability")
            return true;
        var rest = name[..Math.Max(0, name.LastIndexOf('/'))];
        return rest[(rest.LastIndexOf('/') + 1)..] is "set" or "get";
    }
}
