namespace CivicSignals.Silo.Demo;

/// <summary>The device models of the demo's homes: their numbers and keys are the real ones of zigbee2mqtt's device list.</summary>
public static class DeviceCatalogue
{
    private static readonly Expose Battery = new("battery", "Battery", "Remaining battery in %", Unit: "%");
    private static readonly Expose BatteryLow = new("battery_low", "Battery low", "Indicates whether the battery of the device is almost empty", On: true);
    private static readonly Expose LinkQuality = new("linkquality", "Linkquality", "Link quality (signal strength)", Unit: "lqi");
    private static readonly Expose Tamper = new("tamper", "Tamper", "Indicates whether the device is tampered", On: true);
    private static readonly Expose Temperature = new("temperature", "Temperature", "Measured temperature value", Unit: "°C");
    private static readonly Expose ChipTemperature = new("device_temperature", "Device temperature", "Temperature of the device", Unit: "°C");
    private static readonly Expose Test = new("test", "Test", "Indicates whether the device is being tested", On: true);
    private static readonly Expose Voltage = new("voltage", "Voltage", "Reported battery voltage in millivolts", Unit: "mV");

    public static DeviceModel Smoke { get; } = new(
        "HS1SA-E", "Heiman", "Smoke detector", "SmokeSensor-EM",
        [new("smoke", "Smoke", "Indicates whether the device detected smoke", On: true), BatteryLow, Tamper, Test, Battery, LinkQuality],
        State(("battery", 97), ("battery_low", false), ("smoke", false), ("tamper", false), ("test", false)));

    /// <summary>A heat alarm that says <c>smoke</c>: only its model tells.</summary>
    public static DeviceModel Heat { get; } = new(
        "HESZB-120", "Develco", "Fire detector with siren", "HESZB-120",
        [
            new("smoke", "Smoke", "Indicates whether the device detected smoke", On: true), BatteryLow, Test, Temperature, Battery, Voltage,
            new("reliability", "Reliability", "Indicates reason if any fault", Values: ["no_fault_detected", "unreliable_other", "process_error"]),
            new("fault", "Fault", "Indicates whether the device are in fault state", On: true),
            LinkQuality,
        ],
        State(
            ("battery", 100), ("battery_low", false), ("fault", false), ("reliability", "no_fault_detected"),
            ("smoke", false), ("temperature", 19.6), ("test", false), ("voltage", 3000)));

    public static DeviceModel CarbonMonoxide { get; } = new(
        "HS1CA-E", "Heiman", "Smart carbon monoxide sensor", "COSensor-EM",
        [new("carbon_monoxide", "Carbon monoxide", "Indicates if CO (carbon monoxide) is detected", On: true), BatteryLow, Battery, LinkQuality],
        State(("battery", 99), ("battery_low", false), ("carbon_monoxide", false)));

    public static DeviceModel Contact { get; } = new(
        "MCCGQ11LM", "Aqara", "Door and window sensor", "lumi.sensor_magnet.aq2",
        [
            Battery, new("contact", "Contact", "Indicates if the contact is closed (= true) or open (= false)", On: false),
            ChipTemperature, Voltage, new("power_outage_count", "Power outage count", "Number of power outages"), LinkQuality,
        ],
        State(("battery", 100), ("contact", true), ("device_temperature", 21), ("power_outage_count", 3), ("voltage", 3005)));

    public static DeviceModel Motion { get; } = new(
        "RTCGQ11LM", "Aqara", "Motion sensor", "lumi.sensor_motion.aq2",
        [
            Battery, new("occupancy", "Occupancy", "Indicates whether the device detected occupancy", On: true), ChipTemperature, Voltage,
            new("illuminance", "Illuminance", "Measured illuminance", Unit: "lx"),
            new("power_outage_count", "Power outage count", "Number of power outages"), LinkQuality,
        ],
        State(("battery", 91), ("device_temperature", 22), ("illuminance", 12), ("occupancy", false), ("power_outage_count", 5), ("voltage", 2995)));

    public static DeviceModel Leak { get; } = new(
        "SJCGQ11LM", "Aqara", "Water leak sensor", "lumi.sensor_wleak.aq1",
        [
            Battery, new("water_leak", "Water leak", "Indicates whether the device detected a water leak", On: true), ChipTemperature, Voltage, BatteryLow,
            new("power_outage_count", "Power outage count", "Number of power outages"), LinkQuality,
        ],
        State(("battery", 100), ("battery_low", false), ("device_temperature", 20), ("power_outage_count", 1), ("voltage", 3015), ("water_leak", false)));

    public static DeviceModel Climate { get; } = new(
        "WSDCGQ11LM", "Aqara", "Temperature and humidity sensor", "lumi.weather",
        [
            Battery, Temperature, new("humidity", "Humidity", "Measured relative humidity", Unit: "%"),
            new("pressure", "Pressure", "The measured atmospheric pressure", Unit: "hPa"), Voltage, LinkQuality,
        ],
        State(("battery", 88), ("humidity", 52.1), ("pressure", 1008.3), ("temperature", 19.8), ("voltage", 2985)));

    // zigbee2mqtt publishes keys in alphabetical order.
    private static SortedDictionary<string, object> State(params ReadOnlySpan<(string Key, object Value)> keys)
    {
        var state = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["linkquality"] = 96 };
        foreach (var (key, value) in keys)
            state[key] = value;
        return state;
    }
}
