using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.ZWave;

/// <summary>A value that matters.</summary>
/// <param name="Keys">What it says.</param>
/// <param name="IsEvent">Whether it stands for an event by its topic alone, whatever its message holds.</param>
internal sealed record Value(DeviceKeySet Keys, bool IsEvent);

/// <summary>
/// Which values speak of a hazard, by their property and key as topics have them. From the notification registry of zwave-js 15.29 and the
/// types of the Binary Sensor command class. Door codes and users, levels and all that is not here is of no interest.
/// </summary>
internal static class Values
{
    private const int SensorBinary = 0x30;
    private const int Notification = 0x71;
    private const int Battery = 0x80;

    private static readonly string[] Idle = ["0"];
    private static readonly string[] True = ["true"];
    private static readonly string[] False = ["false"];

    private static readonly Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> Notifications = Table(
    [
        State("Smoke_Alarm/Sensor_status", "fire.smoke", "1", "2"),
        new("Smoke_Alarm/Alarm_status", "supervision.test", ["3"], ["0", "6"]),
        new("Smoke_Alarm/Alarm_status", "supervision.mute", ["6"], ["0", "3"]),
        State("Smoke_Alarm/Maintenance_status", "supervision.end-of-life", "4", "5"),
        State("Smoke_Alarm/Periodic_inspection_status", "supervision.fault", "7"),
        State("Smoke_Alarm/Dust_in_device_status", "supervision.fault", "8"),
        State("CO_Alarm/Sensor_status", "gas.co", "1", "2"),
        Passing("CO_Alarm/Test_status", "supervision.test", "3"),
        State("CO_Alarm/Alarm_status", "supervision.mute", "6"),
        State("CO_Alarm/Maintenance_status", "supervision.end-of-life", "4", "5"),
        State("CO_Alarm/Periodic_inspection_status", "supervision.fault", "7"),
        Passing("CO2_Alarm/Test_status", "supervision.test", "3"),
        State("CO2_Alarm/Maintenance_status", "supervision.end-of-life", "4", "5"),
        new("Heat_Alarm/Heat_sensor_status", "fire.heat", ["1", "2"], ["0", "5", "6"]), // 5 and 6: too cold.
        Event("Heat_Alarm/Rapid_temperature_rise", "fire.heat"),
        Event("Heat_Alarm/Rapid_temperature_rise_location_provided", "fire.heat"),
        new("Heat_Alarm/Alarm_status", "supervision.test", ["7"], ["0", "9"]),
        new("Heat_Alarm/Alarm_status", "supervision.mute", ["9"], ["0", "7"]),
        State("Heat_Alarm/Maintenance_status", "supervision.end-of-life", "8"),
        State("Heat_Alarm/Periodic_inspection_status", "supervision.fault", "11"),
        State("Heat_Alarm/Dust_in_device_status", "supervision.fault", "10"),
        State("Water_Alarm/Sensor_status", "flood.indoor", "1", "2"),
        State("Water_Alarm/Pump_status", "supervision.fault", "11"),
        State("Access_Control/Lock_state", "supervision.fault", "11"),
        new("Access_Control/Door_state", "intrusion.contact", ["22"], ["23"]),
        State("Home_Security/Sensor_status", "intrusion.alarm", "1", "2"),
        State("Home_Security/Cover_status", "supervision.tamper", "3"),
        State("Home_Security/Motion_sensor_status", "intrusion.motion", "7", "8"),
        State("Home_Security/Magnetic_interference_status", "supervision.tamper", "11"),
        Event("Home_Security/Tampering_invalid_code", "supervision.tamper"),
        Event("Home_Security/Tampering_product_moved", "supervision.tamper"),
        Event("Home_Security/RF_Jamming_detected", "supervision.tamper"),
        Event("Home_Security/Glass_breakage", "intrusion.glass"),
        Event("Home_Security/Glass_breakage_location_provided", "intrusion.glass"),
        Event("Home_Security/Impact_detected", "intrusion.vibration"),
        new("Power_Management/Mains_status", "supervision.mains", ["2"], ["3"]),
        State("Power_Management/Battery_maintenance_status", "supervision.battery", "10", "11", "17"),
        State("Power_Management/Battery_level_status", "supervision.battery", "14", "15"),
        State("Power_Management/Backup_battery_level_status", "supervision.battery", "16", "18"),
        State("System/Hardware_status", "supervision.fault", "1", "3"),
        State("System/Software_status", "supervision.fault", "2", "4"),
        State("System/Cover_status", "supervision.tamper", "6"),
        Event("Emergency_Alarm/Contact_police", "sos.panic"),
        Event("Emergency_Alarm/Contact_fire_service", "sos.panic"),
        Event("Emergency_Alarm/Contact_medical_service", "sos.panic"),
        Event("Emergency_Alarm/Panic_alert", "sos.panic"),
        Event("Home_Health/Fall_detected", "medical.fall"),
        State("Gas_alarm/Combustible_gas_status", "gas.combustible", "1", "2"),
        State("Gas_alarm/Toxic_gas_status", "gas.toxic", "3", "4"),
        State("Gas_alarm/Alarm_status", "supervision.test", "5"),
        State("Gas_alarm/Maintenance_status", "supervision.end-of-life", "6"),
        State("Home_monitoring/Home_occupancy_status", "intrusion.presence", "1", "2"),
    ]);

    private static readonly Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> BinarySensors = Table(
    [
        new("Smoke", "fire.smoke", True, False),
        new("Heat", "fire.heat", True, False),
        new("CO", "gas.co", True, False),
        new("Water", "flood.indoor", True, False),
        new("Door-Window", "intrusion.contact", True, False),
        new("Motion", "intrusion.motion", True, False),
        new("Glass_Break", "intrusion.glass", True, False),
        new("Tamper", "supervision.tamper", True, False),
    ]);

    private static readonly Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> Batteries =
        Table([new("isLow", "supervision.battery", True, False)]);

    /// <summary>A command class by its name in topics; 0: of no interest.</summary>
    public static int ClassNamed(ReadOnlySpan<char> name) => name switch
    {
        "sensor_binary" => SensorBinary,
        "notification" => Notification,
        "battery" => Battery,
        _ => 0,
    };

    /// <summary>A value by its class and its property, or null when it is of no interest.</summary>
    public static Value? Of(int @class, ReadOnlySpan<char> property)
    {
        Value? value = null;
        _ = @class switch
        {
            SensorBinary => BinarySensors.TryGetValue(property, out value),
            Notification => Notifications.TryGetValue(property, out value),
            Battery => Batteries.TryGetValue(property, out value),
            _ => false,
        };
        return value;
    }

    private static DeviceKey State(string property, string kind, params string[] on) => new(property, kind, on, Idle);

    /// <summary>A state that nothing ends: some have no idle value.</summary>
    private static DeviceKey Passing(string property, string kind, string on) => new(property, kind, [on], Idle, momentary: true);

    private static DeviceKey Event(string property, string kind) => new(property, kind, [], [], momentary: true);

    private static Dictionary<string, Value>.AlternateLookup<ReadOnlySpan<char>> Table(DeviceKey[] keys) => keys
        .GroupBy(key => key.Name)
        .ToDictionary(group => group.Key, group => new Value(new DeviceKeySet([.. group]), IsEvent: group.First() is { Momentary: true, HasValues: false }))
        .GetAlternateLookup<ReadOnlySpan<char>>();
}
