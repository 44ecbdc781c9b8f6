using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Rtl433;

/// <summary>
/// The transmitters that speak of a hazard, from rtl_433 91b2ebd. Weather stations, tyres and meters, which are nearly all that is heard,
/// are not among them. What is sent only when it happens and never taken back is momentary.
/// </summary>
internal static class Rtl433Models
{
    private static readonly string[] Yes = ["1"];
    private static readonly string[] No = ["0"];
    private static readonly DeviceKey Battery = new("battery_ok", "supervision.battery", No, Yes);

    private static readonly Dictionary<string, DeviceKeySet>.AlternateLookup<ReadOnlySpan<char>> Keys = new Dictionary<string, DeviceKeySet>
    {
        ["Cavius-Security"] = new(
        [
            new("text", "fire.smoke", ["Fire alarm"], [], momentary: true),
            new("text", "flood.indoor", ["Warning/Water detected"], [], momentary: true),
            new("text", "supervision.test", ["Test alarm"], [], momentary: true),
            new("text", "supervision.mute", ["Alarm muted"], [], momentary: true),
            new("text", "supervision.battery", ["Battery low"], [], momentary: true),
        ]),

        // It sends nothing but the call to the alarms that it is linked with: that there is a message says it all.
        ["Kidde-Smoke"] = new([new("model", "fire.smoke", ["Kidde-Smoke"], [], momentary: true)]),
        ["Smoke-GS558"] = new(
        [
            new("learn", "fire.smoke", No, [], momentary: true),
            new("learn", "supervision.test", Yes, [], momentary: true),
        ]),

        // Any of its sensors has an alarm bit; which kind of sensor it is is not sent.
        ["Honeywell-Security"] = new(
        [
            new("contact_open", "intrusion.contact", Yes, No),
            new("tamper", "supervision.tamper", Yes, No),
            Battery,
        ]),
        ["Fineoffset-WH55"] = new([new("alarm", "flood.indoor", Yes, No), Battery]),
        ["Bresser-Leakage"] = new(
        [
            new("alarm", "flood.indoor", Yes, No),
            new("startup", "supervision.warm-up", Yes, [], momentary: true),
            Battery,
        ]),
        ["Kerui-Security"] = new(
        [
            new("motion", "intrusion.motion", Yes, [], momentary: true),
            new("opened", "intrusion.contact", Yes, No),
            new("water", "flood.indoor", Yes, [], momentary: true),
            new("tamper", "supervision.tamper", Yes, [], momentary: true),
            new("battery_ok", "supervision.battery", No, [], momentary: true),
        ]),
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a model can say; null: nothing that matters.</summary>
    public static DeviceKeySet? Of(ReadOnlySpan<char> model) => Keys.TryGetValue(model, out var keys) ? keys : null;
}
