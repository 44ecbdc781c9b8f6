using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Scaip;

/// <summary>
/// Telecare units and alarm receiving centres: SCAIP (SS 91100, CLC/TS 50134-9) bodies on <c>scaip</c>, and NOW-IP's where they have the
/// same tags. Test calls, faults and heartbeats are apart from alarms; a reset, a cancellation or a completed intervention ends them.
/// </summary>
internal sealed class ScaipDialect : IHomeDialect
{
    /// <summary>The topic's last level.</summary>
    public const string Level = "scaip";

    private static readonly string[] Kinds =
    [
        "fire.smoke", "fire.heat", "fire.alarm-system", "gas.combustible", "gas.co", "flood.indoor", "intrusion.alarm", "medical.fall", "sos.panic",
        "supervision.battery", "supervision.mains", "supervision.fault", "supervision.tamper", "supervision.test", "supervision.offline",
    ];

    /// <summary>By kind, for that is what codes become. Calls for help and tests are events: each has its own reference.</summary>
    private static readonly DeviceKeySet Keys = new([.. Kinds.Select(kind =>
        new DeviceKey(kind, kind, [], [], momentary: kind is "sos.panic" or "medical.fall" or "supervision.test"))]);

    public string Name => "SCAIP";

    public bool Recognises(Home home, ReadOnlySpan<char> path) => path is Level || path.EndsWith("/" + Level);

    public Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message)
    {
        var request = ScaipRequest.Read(message.Payload);
        if (request.Reason is not null)
            return Decoded.Reject(request.Reason, request.Detail);
        if (ScaipCodes.Embedded.Type(request.DeviceType ?? 0) is not { } type || ScaipCodes.Embedded.Status(request.Status ?? 0) is not { } status)
            return Decoded.Reject(Reasons.UnknownKind, "dty or stc is not in the lists");
        return Meet(home, request) is { } device
            ? Take(home, device, type, status, request, message)
            : Decoded.Reject(Reasons.BadShape, "cid and did are too long");
    }

    /// <summary>No topic leads to a device: all units of a gateway speak on one.</summary>
    public Decoded Read(Device device, in InboundMessage message) => Decoded.Ambient;

    private static Decoded Take(
        Home home, Device device, ScaipDeviceType type, ScaipStatusCode status, ScaipRequest request, in InboundMessage message)
    {
        Span<Said> values = stackalloc Said[Keys.Length];
        Set(values, "supervision.offline", Said.Inactive);
        if (request.MessageType is "PI")
            return device.Take(values, message);
        // A unit need not send a status: then its device tells by its type what has happened.
        var does = request.MessageType is "RE" ? "close" : request.Status is null ? "alarm" : status.Does;
        if (does is "alarm" or "manual" && request.MessageType is "ME" && status.Of?.Contains(request.DeviceType ?? 0) != false)
            Set(values, does is "manual" ? type.Manual ?? type.Alarm : type.Alarm, Said.Active);
        else if (does is "begin" or "end")
            Set(values, status.Kind, does is "begin" ? Said.Active : Said.Inactive);
        else if (does is "normal" || (does is "close" && !type.Unit))
            Set(values, type.Alarm ?? type.Manual, Said.Inactive);
        else if (does is "close")
            return Close(home, request, message);
        return device.Take(values, message, occurrence: request.Reference);
    }

    /// <summary>The unit takes back whatever its devices raised.</summary>
    private static Decoded Close(Home home, ScaipRequest request, in InboundMessage message)
    {
        var decoded = Decoded.Ambient;
        Span<Said> values = stackalloc Said[Keys.Length];
        foreach (var device in home.Notes<Units>().Of(request.Unit).Devices)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = Keys[i].IsSupervision ? Said.Nothing : Said.Inactive;
            decoded = decoded.And(device.Take(values, message));
        }

        return decoded;
    }

    /// <summary>A device of a unit: known by a path that is no topic. Null: its names are too long together.</summary>
    private Device? Meet(Home home, ScaipRequest request)
    {
        var name = request.Device.Length == 0 ? request.Unit : $"{request.Unit}/{request.Device}";
        var path = $"#{Level}/{name}";
        if (home.Find(path) is { } known)
            return known;
        if (home.SourceOf(name) is not { } source)
            return null;
        var unit = home.Notes<Units>().Of(request.Unit);
        var device = new Device(source, Keys, home, unit.Link, this) { Name = name };
        unit.Add(device);
        home.Put(path, device);
        return device;
    }

    private static void Set(Span<Said> values, string? kind, Said said)
    {
        if (kind is not null)
            values[Array.IndexOf(Kinds, kind)] = said;
    }
}
