using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Tasmota;

/// <summary>What Tasmota and its Zigbee bridge call things, from tasmota/docs 9849ab9. A key of a zone is 0 or 1; 1 is the alarm.</summary>
internal static class TasmotaKeys
{
    private static readonly (string Name, string Kind)[] Zones =
    [
        ("Fire", "fire.smoke"), // Zone type 0x28: heat alarms too.
        ("Water", "flood.indoor"),
        ("PersonalAlarm", "sos.panic"),
        ("Panic", "sos.panic"),
        ("GlassBreak", "intrusion.glass"),
        ("Contact", "intrusion.contact"), // 1 is open.
        ("Occupancy", "intrusion.motion"),
        ("Movement", "intrusion.vibration"),
    ];

    /// <summary>Sent when set and never taken back.</summary>
    private static readonly (string Name, string Kind)[] Flags =
    [
        ("Test", "supervision.test"),
        ("Tamper", "supervision.tamper"),
        ("BatteryLow", "supervision.battery"),
        ("BatteryDefect", "supervision.battery"),
        ("Failure", "supervision.fault"),
        ("MainsFault", "supervision.mains"),
    ];

    /// <summary>Of any Zigbee device behind a bridge. A zone's second alarm is sent when set only; carbon monoxide's would be called CO2.</summary>
    public static DeviceKeySet Zigbee { get; } = new(
    [
        .. Zones.Select(zone => new DeviceKey(zone.Name, zone.Kind, ["1"], ["0"])),
        new("CO", "gas.co", ["1"], ["0"]),
        .. Zones.Select(zone => Flag(zone.Name + "2", zone.Kind)),
        .. Flags.Select(flag => Flag(flag.Name, flag.Kind)),
    ]);

    /// <summary>Of what speaks MQTT itself.</summary>
    public static DeviceKeySet Node { get; } = new([new("LWT", "supervision.offline", ["Offline"], ["Online"])]);

    private static DeviceKey Flag(string name, string kind) => new(name, kind, ["1"], [], momentary: true);
}
