using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Shelly;

/// <summary>
/// What Shelly's devices call things, from ioBroker.shelly b19d1dd and shelly-api-docs.shelly.cloud. Inputs and buttons mean what they are
/// wired to: they say nothing until somebody says what that is.
/// </summary>
internal static class ShellyKeys
{
    /// <summary>At so many percent a battery is to be replaced.</summary>
    private const double LowBattery = 10;

    private static readonly string[] Yes = ["true", "1"];
    private static readonly string[] No = ["false", "0"];

    /// <summary>No component has more keys.</summary>
    public const int MostOfComponent = 4;

    /// <summary>
    /// First generation: a plain value on a topic for each property; a motion sensor's properties are together in <c>status</c>.
    /// </summary>
    public static DeviceKeySet FirstGeneration { get; } = new(
    [
        new("online", "supervision.offline", ["false"], ["true"]),
        new("sensor/smoke", "fire.smoke", Yes, No),
        new("sensor/flood", "flood.indoor", Yes, No),
        new("sensor/gas", "gas.combustible", ["mild", "heavy"], ["none"]),
        new("sensor/gas", "supervision.test", ["test"], ["none", "mild", "heavy"]),
        new("sensor/operation", "supervision.warm-up", ["warmup"], ["normal", "fault"]),
        new("sensor/operation", "supervision.fault", ["fault"], ["normal", "warmup"]),
        new("sensor/state", "intrusion.contact", ["open"], ["close"]),
        new("sensor/motion", "intrusion.motion", Yes, No),
        new("sensor/vibration", "intrusion.vibration", Yes, No),
        Battery("sensor/battery"),
        new("overtemperature", "supervision.fault", Yes, No),
        new("motion", "intrusion.motion", Yes, No),
        new("vibration", "intrusion.vibration", Yes, No),
    ]);

    /// <summary>Second generation and later: the device itself.</summary>
    public static DeviceKeySet Device { get; } = new([new("online", "supervision.offline", ["false"], ["true"])]);

    public static DeviceKeySet Smoke { get; } = new([new("alarm", "fire.smoke", Yes, No), .. OfAlarm()]);

    public static DeviceKeySet Flood { get; } = new([new("alarm", "flood.indoor", Yes, No), .. OfAlarm()]);

    /// <summary>A flood sensor that is set to tell of rain is no leak detector.</summary>
    public static DeviceKeySet Rain { get; } = new(OfAlarm());

    public static DeviceKeySet Power { get; } = new([Battery("percent")]);

    /// <summary>BLU: Bluetooth sensors, by the names that scripts on a Shelly give the objects of BTHome.</summary>
    public static DeviceKeySet Blu { get; } = new(
    [
        new("smoke", "fire.smoke", Yes, No),
        new("carbon_monoxide", "gas.co", Yes, No),
        new("gas", "gas.combustible", Yes, No),
        new("moisture", "flood.indoor", Yes, No),
        new("door", "intrusion.contact", Yes, No),
        new("window", "intrusion.contact", Yes, No),
        new("opening", "intrusion.contact", Yes, No),
        new("motion", "intrusion.motion", Yes, No),
        new("vibration", "intrusion.vibration", Yes, No),
        new("tamper", "supervision.tamper", Yes, No),
        Battery("battery"),
    ]);

    /// <summary>What a component of that name, such as <c>smoke:0</c>, can say; null: nothing that matters.</summary>
    public static DeviceKeySet? OfComponent(ReadOnlySpan<char> component) => component[..Math.Max(0, component.IndexOf(':'))] switch
    {
        "smoke" => Smoke,
        "flood" => Flood,
        "devicepower" => Power,
        _ => null,
    };

    private static DeviceKey Battery(string name) => new(name, "supervision.battery", [], []) { LowAt = LowBattery };

    private static DeviceKey[] OfAlarm() =>
    [
        new("mute", "supervision.mute", Yes, No),
        new("errors", "supervision.fault", [], []),
        new("alarm_test", "supervision.test", Yes, [], momentary: true),
    ];
}
