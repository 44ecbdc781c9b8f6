using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.LoRaWan;

/// <summary>
/// LoRaWAN networks: ChirpStack (<c>application/{id}/device/{devEui}/event/{event}</c>) and The Things Stack
/// (<c>v3/{application}@{tenant}/devices/{device}/{event}</c>). Only uplinks that the network has decoded say something.
/// </summary>
internal sealed class LoRaWanDialect : IHomeDialect
{
    public string Name => "LoRaWAN";

    public bool Recognises(Home home, ReadOnlySpan<char> path) => TrySplit(path, out _, out _);

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        TrySplit(path, out var id, out var isUplink);
        if (!isUplink || !DeviceState.IsObject(message.Payload.Span))
            return Decoded.Ambient;
        Span<Said> values = stackalloc Said[LoRaWanKeys.All.Length];
        var uplink = Uplink.Read(message.Payload.Span, values);
        if (values.IndexOfAnyExcept(Said.Nothing) < 0)
            return Decoded.Ambient;
        if (home.SourceOf(id) is not { } source)
            return Decoded.Reject(Reasons.BadTopic, "the device's name is too long");
        var device = new Device(source, LoRaWanKeys.All, home, new Link(), this) { Name = id.ToString() };
        home.Put(path.ToString(), device);
        return Take(device, uplink, values, message);
    }

    public Decoded Read(Device device, in InboundMessage message)
    {
        if (!DeviceState.IsObject(message.Payload.Span))
            return Decoded.Ambient;
        Span<Said> values = stackalloc Said[device.Keys.Length];
        var uplink = Uplink.Read(message.Payload.Span, values);
        return Take(device, uplink, values, message);
    }

    private static Decoded Take(Device device, in Uplink uplink, Span<Said> values, in InboundMessage message)
    {
        var id = HappensOnce(device, values) ? uplink.Id(message.Payload.Span) : null;
        return device.Take(values, message, uplink.Time.Believed(message.ReceivedAt), id);
    }

    private static bool HappensOnce(Device device, ReadOnlySpan<Said> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == Said.Active && device.Keys[i].Momentary)
                return true;
        }

        return false;
    }

    private static bool TrySplit(ReadOnlySpan<char> path, out ReadOnlySpan<char> id, out bool isUplink)
    {
        id = default;
        isUplink = false;
        var rest = path;
        while (!rest.IsEmpty)
        {
            var tail = TopicRules.Level(ref rest) switch
            {
                "application" => ChirpStack(rest, out id),
                "v3" => TheThingsStack(rest, out id),
                _ => default,
            };
            if (id.IsEmpty)
                continue;
            isUplink = tail is "up";
            return true;
        }

        return false;
    }

    /// <summary>Splits <c>{application}/device/{devEui}/event/{event}</c>; answers with the event.</summary>
    private static ReadOnlySpan<char> ChirpStack(ReadOnlySpan<char> rest, out ReadOnlySpan<char> id)
    {
        id = default;
        TopicRules.Level(ref rest);
        if (TopicRules.Level(ref rest) is not "device")
            return default;
        id = TopicRules.Level(ref rest);
        return TopicRules.Level(ref rest) is "event" ? rest : default;
    }

    /// <summary>Splits <c>{application}@{tenant}/devices/{device}/{event}</c>; answers with the event. A device's name is unique in its application.</summary>
    private static ReadOnlySpan<char> TheThingsStack(ReadOnlySpan<char> rest, out ReadOnlySpan<char> id)
    {
        id = default;
        var whole = rest;
        TopicRules.Level(ref rest);
        if (TopicRules.Level(ref rest) is not "devices" || TopicRules.Level(ref rest).IsEmpty)
            return default;
        id = whole[..(whole.Length - rest.Length - (rest.IsEmpty ? 0 : 1))];
        return rest;
    }
}
