using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>Which keys speak of the device itself: no hazard, but what its household should know, and what takes an alarm's meaning away.</summary>
internal static class SupervisionKeys
{
    /// <summary>Percent: a battery that should be changed.</summary>
    private const double LowBattery = 10;

    /// <summary>
    /// Ppm of carbon monoxide that an alarm must bear for two hours and that no home should have: EN 50291-1 lets it sound at 50 within 60 to 90
    /// minutes, and forbids it at 30 before 120.
    /// </summary>
    private const double HighCarbonMonoxide = 30;

    /// <summary>The key of a room's temperature, °C.</summary>
    public const string Temperature = "temperature";

    private static readonly string[] Yes = ["true", "ON"];
    private static readonly string[] No = ["false", "OFF"];

    /// <summary>How devices say that nothing is wrong with them.</summary>
    private static readonly string[] Fine = ["", "none", "None", "normal", "Normal", "clear", "no_fault_detected", "0", "false"];

    private static readonly Dictionary<string, string> Binaries = new()
    {
        ["tamper"] = "supervision.tamper",
        ["tamper_alarm"] = "supervision.tamper",
        ["battery_defect"] = "supervision.battery",
        ["fault"] = "supervision.fault",
        ["fault_alarm"] = "supervision.fault",
        ["device_fault"] = "supervision.fault",
        ["motor_fault"] = "supervision.fault",
        ["trouble"] = "supervision.fault",
        ["test"] = "supervision.test",
        ["testing"] = "supervision.test",
        ["test_in_progress"] = "supervision.test",
        ["silence"] = "supervision.mute",
        ["silence_siren"] = "supervision.mute",
        ["temporary_mute"] = "supervision.mute",
        ["muted"] = "supervision.mute",
        ["buzzer_manual_mute"] = "supervision.mute",
        ["smoke_alarm_silenced"] = "supervision.mute",
        ["hush"] = "supervision.mute",
        ["hush_active"] = "supervision.mute",
        ["preheat"] = "supervision.warm-up",
        ["preheating"] = "supervision.warm-up",
        ["warming_up"] = "supervision.warm-up",
        ["end_of_life"] = "supervision.end-of-life",
        ["lifecycle"] = "supervision.end-of-life",
        ["ac_status"] = "supervision.mains", // True is a fault.
        ["power_outage"] = "supervision.mains",
        ["ac_connected"] = "supervision.mains",
        ["mains_power_connected"] = "supervision.mains",
    };

    /// <summary>Says yes when all is well.</summary>
    private static readonly HashSet<string> Inverted = ["ac_connected", "mains_power_connected"];

    private static readonly HashSet<string> Faults = ["fault", "faults", "fault_alarm", "fault_state", "reliability"];

    /// <summary>Enums: the values that count, any other of the device's own ends it.</summary>
    private static readonly Dictionary<string, (string Kind, string[] On)[]> Enums = new()
    {
        ["battery_state"] = [("supervision.battery", ["low"])],
        ["battery_level"] = [("supervision.battery", ["low"])],
        ["power_type"] = [("supervision.battery", ["battery_low"])],
        ["preheating"] = [("supervision.warm-up", ["preheating"])],
        ["endoflife"] = [("supervision.end-of-life", ["expires_soon", "expired"])],
        ["halo_alert_state"] =
        [
            ("supervision.test", ["co_test", "smoke_test"]),
            ("supervision.mute", ["silenced"]),
            ("supervision.battery", ["low_battery", "very_low_battery", "failed_battery"]),
            ("supervision.end-of-life", ["end_of_life"]),
        ],
    };

    private static readonly Dictionary<(string Model, string Key), (string Kind, string[] On)[]> EnumsOfModel = new()
    {
        [("SZW08", "mode")] = [("setting.water-shortage", ["shortage"])],
        [("E13", "alarm_mode")] = [("setting.water-shortage", ["water_absence"])],
        [("mKomfy_Sensor", "alarm_status")] =
        [
            ("supervision.tamper", ["tamper"]), ("supervision.battery", ["battery_alarm"]), ("supervision.fault", ["error"]),
        ],
    };

    /// <summary>Whether a device can be reached, on a topic of its own: no key of a state is called so.</summary>
    public static DeviceKey Availability { get; } = new("/availability", "supervision.offline", ["offline"], ["online"]);

    /// <summary>What any device may publish, described or not.</summary>
    public static DeviceKey[] Always { get; } =
    [
        Availability, Binary("test"), Binary("trouble"), Binary("ac_status"), Binary("battery_defect"),
    ];

    /// <summary>What to look for in a device that its gateway has not described.</summary>
    public static DeviceKey[] Usual { get; } =
    [
        .. Always, Battery, Binary("tamper"), new("battery_low", "supervision.battery", Yes, No), Binary("preheat"),
        new("preheating", "supervision.warm-up", [.. Yes, "preheating"], [.. No, "normal"]), Binary("warming_up"),
    ];

    private static DeviceKey Battery => new("battery", "supervision.battery", [], []) { LowAt = LowBattery };

    /// <summary>What a described key says of the device itself.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="name">What its home calls it.</param>
    /// <param name="expose">The key.</param>
    public static IEnumerable<DeviceKey> Of(string model, string name, Expose expose) => expose.Type switch
    {
        "binary" => OfBinary(expose),
        "numeric" when expose.Key == "battery" => [Battery],
        "numeric" when expose is { Key: "co", Unit: "ppm" } => [new DeviceKey("co", "supervision.co-level", [], []) { HighAt = HighCarbonMonoxide }],
        "numeric" when expose.Key == Temperature && name.Contains("kitchen", StringComparison.OrdinalIgnoreCase) => [new DeviceKey(Temperature, "supervision.warming", [], [])],
        "enum" when EnumsOfModel.TryGetValue((model, expose.Key), out var meanings) || Enums.TryGetValue(expose.Key, out meanings) =>
            meanings.Select(meaning => new DeviceKey(expose.Key, meaning.Kind, meaning.On, [.. expose.Values.Except(meaning.On)])),
        _ when Faults.Contains(expose.Key) => [new DeviceKey(expose.Key, "supervision.fault", [], Fine) { Otherwise = Said.Active }],
        "text" when expose.Key == "muted" => [new DeviceKey(expose.Key, "supervision.mute", [], Fine) { Otherwise = Said.Active }],
        _ => [],
    };

    private static IEnumerable<DeviceKey> OfBinary(Expose expose)
    {
        var kind = expose.Key.Contains("battery_low", StringComparison.Ordinal) ? "supervision.battery" : Binaries.GetValueOrDefault(expose.Key);
        if (kind is null || (expose.IsSettable && kind != "supervision.mute"))
            return [];
        return Inverted.Contains(expose.Key)
            ? [new DeviceKey(expose.Key, kind, [expose.Off], [expose.On])]
            : [new DeviceKey(expose.Key, kind, [expose.On], [expose.Off])];
    }

    private static DeviceKey Binary(string key) => new(key, Binaries[key], Yes, No);
}
