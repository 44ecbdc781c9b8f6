using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>
/// Which keys of which devices speak of a hazard. From the definitions of zigbee-herdsman-converters 26.112: what a key means depends on the
/// model, many keys that look like an alarm are settings or commands, and sirens and sound detectors repeat what others detected.
/// </summary>
internal static class DeviceKeys
{
    private static readonly string[] True = ["true"];
    private static readonly string[] False = ["false"];

    /// <summary>Devices that echo an alarm and detect nothing.</summary>
    private static readonly HashSet<string> Echoes = ["SIRZB-110", "SIRZB-111", "mSwitch_Mic", "FFZB1-SM-ECO"];

    /// <summary>Buttons that are sold as an emergency call and send an ordinary press.</summary>
    private static readonly HashSet<string> CallButtons = ["MIR-SO100", "HS1EB", "SE20-O", "SE21"];

    private static readonly Dictionary<string, string> Binaries = new()
    {
        ["smoke"] = "fire.smoke",
        ["smoke_alarm_1"] = "fire.smoke",
        ["smoke_alarm_2"] = "fire.smoke",
        ["heat"] = "fire.heat",
        ["high_temperature"] = "fire.heat",
        ["carbon_monoxide"] = "gas.co",
        ["carbon_monoxide_alarm_1"] = "gas.co",
        ["carbon_monoxide_alarm_2"] = "gas.co",
        ["gas"] = "gas.combustible",
        ["gas_alarm_1"] = "gas.combustible",
        ["gas_alarm_2"] = "gas.combustible",
        ["water_leak"] = "flood.indoor",
        ["water_leak_alarm_1"] = "flood.indoor",
        ["water_leak_alarm_2"] = "flood.indoor",
        ["contact"] = "intrusion.contact",
        ["contact_alarm_1"] = "intrusion.contact",
        ["contact_alarm_2"] = "intrusion.contact",
        ["occupancy"] = "intrusion.motion",
        ["occupancy_alarm_1"] = "intrusion.motion",
        ["occupancy_alarm_2"] = "intrusion.motion",
        ["presence"] = "intrusion.presence",
        ["vibration"] = "intrusion.vibration",
        ["sos"] = "sos.panic",
        ["sos_alarm"] = "sos.panic",
    };

    /// <summary>Keys that mean something else, or something at all, on one model only.</summary>
    private static readonly Dictionary<(string Model, string Key), string> BinariesOfModel = new()
    {
        [("HESZB-120", "smoke")] = "fire.heat",
        [("HM-5HA-E", "alarm")] = "fire.heat",
        [("MIR-SM100-E", "alarm_1")] = "fire.smoke",
        [("MIR-SM100-E", "alarm_2")] = "fire.smoke",
        [("GB-540", "vibration")] = "intrusion.glass",
    };

    private static readonly Dictionary<(string Model, string Key), DeviceKey[]> EnumsOfModel = new()
    {
        [("S1-TL", "alarm_state")] = [new("alarm_state", "fire.smoke", ["alarmed", "critical_alarm"], ["normal"])],
        [("S2-E", "alarm_state")] = [new("alarm_state", "fire.smoke", ["alarmed", "critical_alarm"], ["normal"])],
        [("HM-722ESY-E Plus", "alarm_state")] = [new("alarm_state", "gas.co", ["warning_alarm", "critical_alarm"], ["normal"])],
        [("HS1CA-E-PLUS", "alarm_state")] = [new("alarm_state", "gas.co", ["warning_alarm", "critical_alarm"], ["normal"])],
        [("FDS315", "status")] = [new("status", "medical.fall", ["falling"], [])],
    };

    private static readonly Dictionary<string, DeviceKey[]> Enums = new()
    {
        ["smoke_state"] = [new("smoke_state", "fire.smoke", ["alarm"], ["normal", "none"])],
        ["halo_alert_state"] =
        [
            new("halo_alert_state", "fire.smoke", ["smoke"], ["safe"]),
            new("halo_alert_state", "gas.co", ["carbon_monoxide"], ["safe"]),
        ],
        ["fall_status"] = [new("fall_status", "medical.fall", ["fall_alarm"], ["normal"])],
        ["fall_down_status"] = [new("fall_down_status", "medical.fall", ["fall"], ["none"])],
        ["action"] = [new("action", "sos.panic", ["emergency", "panic", "sos"], [], momentary: true)],
    };

    /// <summary>What any device may say, described or not.</summary>
    public static DeviceKey[] Always { get; } =
    [
        new("test", "supervision.test", ["true", "ON"], ["false", "OFF"]),
        new("preheat", "supervision.warm-up", ["true", "ON"], ["false", "OFF"]),
        new("preheating", "supervision.warm-up", ["true", "ON"], ["false", "OFF"]),
    ];

    /// <summary>Nothing at all.</summary>
    public static DeviceKeySet None { get; } = new([]);

    /// <summary>What is looked for in a device that its gateway has not described yet.</summary>
    public static DeviceKeySet Usual { get; } = new(
    [
        .. Binaries.Select(entry => entry.Key.StartsWith("contact", StringComparison.Ordinal)
            ? new DeviceKey(entry.Key, entry.Value, False, True)
            : new DeviceKey(entry.Key, entry.Value, ["true", "ON"], ["false", "OFF"])),
        .. Enums.Values.SelectMany(keys => keys),
        .. Always,
    ]);

    /// <summary>Whether a device's state says nothing of its own.</summary>
    public static bool IsEcho(string model) => Echoes.Contains(model);

    /// <summary>A yes-or-no key, with the values by which the gateway says yes and no; null when it is of no interest.</summary>
    public static DeviceKey? Binary(string model, string key, string on, string off)
    {
        if (!BinariesOfModel.TryGetValue((model, key), out var kind) && !Binaries.TryGetValue(key, out kind))
            kind = IsLeak(key) ? "flood.indoor" : null;
        if (kind is null)
            return null;
        if (key.StartsWith("contact_alarm", StringComparison.Ordinal))
            (on, off) = ("false", "true"); // Published inverted, whatever the description says.
        return key == "contact" && on is not ("true" or "false")
            ? null // With words instead of booleans these are water level contacts.
            : new DeviceKey(key, kind, [on], [off]);
    }

    /// <summary>A key with named values.</summary>
    public static DeviceKey[] Enum(string model, string key)
    {
        if (EnumsOfModel.TryGetValue((model, key), out var keys))
            return keys;
        return key == "action" && CallButtons.Contains(model)
            ? [new DeviceKey("action", "sos.panic", ["single", "double", "hold"], [], momentary: true)]
            : Enums.GetValueOrDefault(key, []);
    }

    private static bool IsLeak(string key) =>
        key.StartsWith("water_leak_", StringComparison.Ordinal) || key.Contains("leak_detect", StringComparison.Ordinal);
}
