using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>What the device classes of binary sensors mean when they are on. Where a class leaves it open, the entity's names decide.</summary>
internal static class DeviceClasses
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["smoke"] = "fire.smoke",
        ["gas"] = "gas.combustible",
        ["carbon_monoxide"] = "gas.co",
        ["door"] = "intrusion.contact",
        ["garage_door"] = "intrusion.contact",
        ["window"] = "intrusion.contact",
        ["opening"] = "intrusion.contact",
        ["lock"] = "intrusion.contact",
        ["motion"] = "intrusion.motion",
        ["occupancy"] = "intrusion.motion",
        ["presence"] = "intrusion.presence",
        ["vibration"] = "intrusion.vibration",
        ["tamper"] = "supervision.tamper",
        ["battery"] = "supervision.battery",
        ["connectivity"] = "supervision.offline",
    };

    /// <summary>The kind of a binary sensor, or null.</summary>
    /// <param name="deviceClass">Its class; null or empty: none.</param>
    /// <param name="names">All that it is called.</param>
    public static string? KindOf(string? deviceClass, string names)
    {
        var byName = Wording.KindOf(names);
        return deviceClass switch
        {
            null or "" => byName,
            "moisture" when !Wording.Has(names, "soil", "plant", "rain") => "flood.indoor",
            "heat" when byName is "fire.heat" or "fire.smoke" || Wording.Has(names, "alarm", "detector", "fire") => "fire.heat", // Else a thermostat's.
            "safety" when byName == "sos.panic" || Wording.Has(names, "emergency", "help", "alarm") => "sos.panic",
            "problem" when byName is "supervision.test" or "supervision.mute" => byName, // Z-Wave's test and silence.
            "problem" => "supervision.fault",
            _ when byName == "supervision.test" => byName,
            _ => Kinds.GetValueOrDefault(deviceClass),
        };
    }

    /// <summary>Whether off is what the kind says: only connectivity, whose off is the fault.</summary>
    public static bool IsInverted(string? deviceClass) => deviceClass == "connectivity";
}
