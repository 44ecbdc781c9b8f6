using CivicSignals.Homes;

namespace CivicSignals.Dashboard.Homes;

/// <summary>What people call a device, by the kinds that it can say.</summary>
public static class DeviceWords
{
    private const string Other = "other device";

    // Told together: a device that hears both is one "smoke and CO alarm".
    private static readonly (string Kind, string Word)[] Alarms =
        [("fire.smoke", "smoke"), ("fire.heat", "heat"), ("gas.co", "CO"), ("gas.combustible", "gas"), ("gas.toxic", "toxic gas")];

    // The first that it can say names it.
    private static readonly (string Kind, string Word)[] Sensors =
    [
        ("sos.panic", "emergency button"), ("medical.fall", "fall sensor"), ("fire.alarm-system", "fire alarm system"),
        ("intrusion.alarm", "burglar alarm"), ("flood.indoor", "leak sensor"), ("intrusion.glass", "glass break sensor"),
        ("intrusion.contact", "door or window sensor"), ("intrusion.motion", "motion sensor"), ("intrusion.presence", "presence sensor"),
        ("intrusion.vibration", "vibration sensor"),
    ];

    /// <summary><c>smoke and CO alarm</c>, <c>leak sensor</c>; <c>other device</c> for one that says nothing about safety.</summary>
    public static string Name(IReadOnlyList<string> kinds)
    {
        string[] alarms = [.. Alarms.Where(alarm => kinds.Contains(alarm.Kind)).Select(alarm => alarm.Word)];
        return alarms.Length > 0 ? $"{And(alarms)} alarm" : Sensors.FirstOrDefault(sensor => kinds.Contains(sensor.Kind)).Word ?? Other;
    }

    /// <summary><c>3 smoke alarms, 1 CO alarm and 2 other devices found</c>, in the order in which they matter.</summary>
    public static string Found(IEnumerable<HomeDevice> devices)
    {
        string[] groups = [.. devices.GroupBy(device => Name(device.Sighting.Kinds)).OrderBy(group => Rank(group.Key)).ThenByDescending(group => group.Count())
            .Select(group => group.Count() == 1 ? $"1 {group.Key}" : $"{group.Count()} {group.Key}s")];
        return groups.Length == 0 ? "No devices found yet" : $"{And(groups)} found";
    }

    /// <summary>Where a device stands in a list: what saves lives first.</summary>
    public static int Rank(string name) =>
        name.EndsWith(" alarm", StringComparison.Ordinal) && name != "burglar alarm"
            ? Array.FindIndex(Alarms, alarm => name.StartsWith(alarm.Word, StringComparison.Ordinal))
        : Array.FindIndex(Sensors, sensor => sensor.Word == name) is >= 0 and var at ? Alarms.Length + at
        : int.MaxValue;

    private static string And(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
}
