using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>
/// Which keys of which devices speak of a hazard. From the definitions of zigbee-herdsman-converters 26.112: what a key means depends on the
/// model, many keys that look like an alarm are settings or commands, and sirens and sound detectors repeat what others detected.
/// </summary>
internal static class HazardKeys
{
    private static readonly string[] True = ["true"];
    private static readonly string[] False = ["false"];
    private static readonly string[] Presses = ["single", "double", "hold"];

    /// <summary>Sirens and sound detectors: they echo an alarm and detect nothing.</summary>
    private static readonly HashSet<string> Echoes = ["SIRZB-110", "SIRZB-111", "mSwitch_Mic", "FFZB1-SM-ECO"];

    /// <summary>Key rings: present when their owner is at home.</summary>
    private static readonly HashSet<string> Tags = ["3450-L", "KMPCIL-tag-001", "STS-PRS-251"];

    /// <summary>Buttons that are sold as an emergency call and send an ordinary press.</summary>
    private static readonly HashSet<string> CallButtons = ["MIR-SO100", "HS1EB/HS1EB-E", "HS1EB", "SE20-O", "SE21"];

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
        ["active_water_leak"] = "flood.indoor",
        ["contact"] = "intrusion.contact",
        ["contact_alarm_1"] = "intrusion.contact",
        ["contact_alarm_2"] = "intrusion.contact",
        ["garage_door_contact"] = "intrusion.contact",
        ["occupancy"] = "intrusion.motion",
        ["occupancy_alarm_1"] = "intrusion.motion",
        ["occupancy_alarm_2"] = "intrusion.motion",
        ["motion_status"] = "intrusion.motion",
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
        [("ZBCO-AE-10X-EUR", "alarm")] = "gas.co",
        [("4512785", "water_sensor")] = "flood.indoor",
        [("4512785", "water_condition_alarm")] = "flood.indoor",
        [("E13", "water")] = "flood.indoor",
        [("ZD1-EN", "alarm")] = "intrusion.contact",
        [("FB56-DOS06HM1.1", "alarm_1")] = "intrusion.contact",
        [("1811680", "alarm_1")] = "intrusion.contact",
        [("S901D-ZG", "alarm_1")] = "intrusion.contact",
        [("ROB_200-070-0", "alarm_1")] = "intrusion.motion",
        [("ROB_200-070-0", "alarm_2")] = "intrusion.motion",
        [("GB-540", "vibration")] = "intrusion.glass",
    };

    /// <summary>Closed is true, whatever the description calls on.</summary>
    private static readonly HashSet<string> Inverted = ["contact_alarm_1", "contact_alarm_2", "garage_door_contact"];

    private static readonly Dictionary<string, Meaning[]> Enums = new()
    {
        ["smoke_state"] = [new("fire.smoke", ["alarm"], ["normal", "none"])],
        ["gas_sensor_state"] = [new("gas.combustible", ["alarm"], ["normal"])],
        ["co_state"] = [new("gas.co", ["alarm"], ["normal"])],
        ["halo_alert_state"] = [new("fire.smoke", ["smoke"], ["safe"]), new("gas.co", ["carbon_monoxide"], ["safe"])],
        ["overheat_mode"] = [new("fire.heat", ["overheat"], ["normal"])],
        ["water_leakage_state"] = [new("flood.indoor", ["water_leakage_yes"], ["water_leakage_no"])],
        ["fall_status"] = [new("medical.fall", ["fall_alarm"], ["normal"])],
        ["fall_down_status"] = [new("medical.fall", ["fall"], ["none"])],
        ["opening_state"] = [new("intrusion.contact", ["open", "tilted"], ["closed"])],
        ["door_state"] = [new("intrusion.contact", ["open", "error_forced_open"], ["closed"])],
    };

    private static readonly Dictionary<(string Model, string Key), Meaning[]> EnumsOfModel = new()
    {
        [("S1-TL", "alarm_state")] = [new("fire.smoke", ["alarmed", "critical_alarm"], ["normal"])],
        [("S2-E", "alarm_state")] = [new("fire.smoke", ["alarmed", "critical_alarm"], ["normal"])],
        // Smoke or carbon monoxide, it does not say which; its smoke key speaks at the same time.
        [("HM-636THV-AC-M", "alarm_state")] = [new("fire.smoke", ["warning_alarm", "critical_alarm"], ["normal"])],
        [("HM-722ESY-E Plus", "alarm_state")] = [new("gas.co", ["warning_alarm", "critical_alarm"], ["normal"])],
        [("HS1CA-E-PLUS", "alarm_state")] = [new("gas.co", ["warning_alarm", "critical_alarm"], ["normal"])],
        [("mKomfy_Sensor", "alarm_status")] = [new("fire.heat", ["high_temperatur"], ["ok"])],
        [("SZW08", "alarm_status")] = [new("flood.indoor", ["alarm"], ["normal"])],
        [("W04-Z10T", "alarm_status")] = [new("flood.indoor", ["alarm"], ["normal"])],
        [("W10-Z10T", "alarm_status")] = [new("flood.indoor", ["alarm"], ["normal"])],
        [("TS0601_vibration_alarm_sensor", "alarm_status")] = [new("intrusion.vibration", ["alarm"], ["normal"])],
        [("V04-Z10T", "alarm_status")] = [new("intrusion.vibration", ["alarm"], ["normal"])],
        [("V06-Z10T", "alarm_status")] = [new("intrusion.vibration", ["alarm"], ["normal"])],
        [("S8", "alarm")] = [new("intrusion.vibration", ["ALARM"], ["IDLE"])],
        [("FDS315", "status")] = [new("medical.fall", ["falling"], ["unoccupied", "occupied", "sitting", "on_the_bed"])],
    };

    /// <summary>States whose values are degrees of being there.</summary>
    private static readonly HashSet<string> Presences = ["presence_state", "motion_state", "human_motion_state"];

    private static readonly HashSet<string> Absent = new(StringComparer.OrdinalIgnoreCase) { "none" };

    private static readonly DeviceKey[] Actions =
    [
        new("action", "sos.panic", ["emergency", "panic", "sos"], [], momentary: true),
        new("action", "intrusion.vibration", ["vibration"], [], momentary: true),
    ];

    /// <summary>What to look for in a device of a model, or of none that is known, that its gateway has not described.</summary>
    public static IEnumerable<DeviceKey> Usual(string model)
    {
        if (Echoes.Contains(model))
            return [];
        var ofModel = BinariesOfModel.Keys.Where(entry => entry.Model == model).Select(entry => entry.Key);
        var (on, off) = (new[] { "true", "ON" }, new[] { "false", "OFF" });
        var binaries = ofModel.Union(Binaries.Keys).Where(key => Kind(model, key) is not null).Select(key => key == "contact" || Inverted.Contains(key)
            ? new DeviceKey(key, Kind(model, key)!, off, on)
            : new DeviceKey(key, Kind(model, key)!, on, off));
        var enums = Enums.Select(entry => (entry.Key, entry.Value))
            .Concat(EnumsOfModel.Where(entry => entry.Key.Model == model).Select(entry => (entry.Key.Key, entry.Value)));
        return [.. binaries, .. enums.SelectMany(entry => Keys(entry.Key, entry.Value)), .. ActionsOf(model)];
    }

    /// <summary>What a described key of a model says of hazards.</summary>
    public static IEnumerable<DeviceKey> Of(string model, Expose expose)
    {
        if (Echoes.Contains(model))
            return [];
        return expose.Type switch
        {
            "binary" => Binary(model, expose),
            "enum" => Enum(model, expose),
            _ => [],
        };
    }

    private static IEnumerable<DeviceKey> Binary(string model, Expose expose)
    {
        var key = expose.Key;
        if (Kind(model, key) is not { } kind || (expose.IsSettable && key != "contact"))
            return [];
        if (Inverted.Contains(key))
            return [new DeviceKey(key, kind, False, True)];
        return key == "contact" && expose.On is not ("true" or "false")
            ? [] // With words instead of booleans these are water level contacts.
            : [new DeviceKey(key, kind, [expose.On], [expose.Off])];
    }

    private static IEnumerable<DeviceKey> Enum(string model, Expose expose)
    {
        var key = expose.Key;
        if (key == "action")
            return ActionsOf(model);
        if (EnumsOfModel.TryGetValue((model, key), out var meanings) || Enums.TryGetValue(key, out meanings))
            return Keys(key, meanings);
        if (Presences.Contains(key))
            return [Split(expose, "intrusion.presence", value => !Absent.Contains(value))];
        return key is "current_device_status" or "valve_abnormal_state" // Values are lists: shortage, leakage, both.
            ? [Split(expose, "flood.indoor", value => value.Contains("leak", StringComparison.Ordinal))]
            : [];
    }

    private static string? Kind(string model, string key)
    {
        if (BinariesOfModel.TryGetValue((model, key), out var kind))
            return kind;
        if (Binaries.TryGetValue(key, out kind))
            return key == "presence" && Tags.Contains(model) ? null : kind;
        return IsLeakOfOneProbe(key) ? "flood.indoor" : IsMotionOfOneZone(key) ? "intrusion.motion" : null;
    }

    private static bool IsLeakOfOneProbe(string key) =>
        key.Contains("_leak_detect_", StringComparison.Ordinal) || key.StartsWith("water_leak_zone_", StringComparison.Ordinal)
        || key.StartsWith("water_leak_wire_", StringComparison.Ordinal) || key == "water_leak_both_zones";

    private static bool IsMotionOfOneZone(string key)
    {
        if (key.StartsWith("mmwave_area", StringComparison.Ordinal))
            return key.EndsWith("_occupancy", StringComparison.Ordinal);
        var zone = key.StartsWith("occupancy_", StringComparison.Ordinal) ? key.AsSpan("occupancy_".Length) : [];
        return zone is "in" or "out" or "or" or "and" || (!zone.IsEmpty && !zone.ContainsAnyExceptInRange('0', '9'));
    }

    private static DeviceKey[] ActionsOf(string model) =>
        CallButtons.Contains(model) ? [new DeviceKey("action", "sos.panic", Presses, [], momentary: true)] : Actions;

    private static IEnumerable<DeviceKey> Keys(string key, Meaning[] meanings) => meanings.Select(meaning => new DeviceKey(key, meaning.Kind, meaning.On, meaning.Off));

    private static DeviceKey Split(Expose expose, string kind, Func<string, bool> isOn) =>
        new(expose.Key, kind, [.. expose.Values.Where(isOn)], [.. expose.Values.Where(value => !isOn(value))]);

    /// <summary>What an enum says. Values in neither list, such as a pre-alarm, leave it as it was.</summary>
    private sealed record Meaning(string Kind, string[] On, string[] Off);
}
