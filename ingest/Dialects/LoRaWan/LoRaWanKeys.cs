using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.LoRaWan;

/// <summary>
/// What decoders of LoRaWAN devices call things, where the name leaves no doubt. A device without a decoder says nothing here, and nor do
/// levels: a distance or a height is read by who knows the place.
/// </summary>
internal static class LoRaWanKeys
{
    private static readonly string[] On = ["true", "1", "alarm", "on", "yes", "detected", "triggered", "trigger"];
    private static readonly string[] Off = ["false", "0", "normal", "off", "no", "none", "clear", "idle"];
    private static readonly string[] Open = ["true", "1", "open", "opened"];
    private static readonly string[] Closed = ["false", "0", "close", "closed"];

    public static DeviceKeySet All { get; } = new(
    [
        .. Alarms("fire.smoke", "smoke", "smoke_alarm", "smoke_status", "smoke_detected"),
        .. Alarms("fire.heat", "heat_alarm"),
        .. Alarms("gas.co", "carbon_monoxide", "co_alarm"),
        .. Alarms("gas.combustible", "gas_alarm", "gas_leak", "gas_leak_status"),
        .. Leaks("water_leak", "water_leak_status", "WATER_LEAK_STATUS", "waterLeak", "leak", "leakage", "leakage_status", "leak_status", "flood"),
        .. Doors("door", "door_open", "door_status", "DOOR_OPEN_STATUS", "magnet_status", "window", "window_open"),
        .. Alarms("intrusion.motion", "motion", "motion_detected", "pir", "pir_status"),
        new("occupancy", "intrusion.presence", [.. On, "occupied"], [.. Off, "vacant"]),
        new("glass_break", "intrusion.glass", On, Off),
        new("fall_detected", "medical.fall", On, Off),
        new("panic", "sos.panic", On, [], momentary: true),
        new("panic_button", "sos.panic", [.. On, "pressed"], [], momentary: true),
        new("sos", "sos.panic", On, [], momentary: true),
        new("test", "supervision.test", On, Off),
        new("tamper", "supervision.tamper", On, Off),
        new("tamper_status", "supervision.tamper", [.. On, "uninstalled", "open"], [.. Off, "installed", "closed"]),
        new("battery_low", "supervision.battery", On, Off),
        new("low_battery", "supervision.battery", On, Off),
        new("fault", "supervision.fault", On, Off),
    ]);

    private static IEnumerable<DeviceKey> Alarms(string kind, params string[] names) => names.Select(name => new DeviceKey(name, kind, On, Off));

    private static IEnumerable<DeviceKey> Leaks(params string[] names) =>
        names.Select(name => new DeviceKey(name, "flood.indoor", [.. On, "leak", "leaking", "water"], Off));

    private static IEnumerable<DeviceKey> Doors(params string[] names) => names.Select(name => new DeviceKey(name, "intrusion.contact", Open, Closed));
}
