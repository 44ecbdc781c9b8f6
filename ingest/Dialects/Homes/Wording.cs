namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>
/// What a yes-or-no value means where only its names tell: formats without a vocabulary leave that to people. Only what is plain is read; all
/// else is left alone, and so is whatever sounds like a setting, a command or a report about an alarm.
/// </summary>
internal static class Wording
{
    /// <summary>Where one of these stands in a name, it is no sensor's.</summary>
    private static readonly HashSet<string> Others =
    [
        "enable", "enabled", "disable", "disabled", "set", "setting", "reset", "config", "mode", "siren", "chime", "doorbell", "bell", "buzzer", "led", "light",
        "lamp", "relay", "switch", "valve", "fan", "heater", "heating", "boiler", "pump", "lock", "unlock", "opener", "arm", "armed", "sensitivity", "delay",
        "connected", "online", "ready", "ok", "available", "charging", "paired", "supported", "update", "no", "not", "clear", "normal", "safe", "dry", "closed",
        "count", "counter", "soil", "plant", "rain", "calibrate", "calibration", "identify", "restart", "button", "fridge", "freezer", "washer", "dishwasher",
    ];

    /// <summary>Sets of words, all of which must stand in a name, in any order; the first that fits is taken.</summary>
    private static readonly (string[] Words, string Kind)[] Meanings =
    [
        (["test"], "supervision.test"),
        (["testing"], "supervision.test"),
        (["mute"], "supervision.mute"),
        (["muted"], "supervision.mute"),
        (["silenced"], "supervision.mute"),
        (["tamper"], "supervision.tamper"),
        (["tampered"], "supervision.tamper"),
        (["battery", "low"], "supervision.battery"),
        (["fault"], "supervision.fault"),
        (["problem"], "supervision.fault"),
        (["preheat"], "supervision.warm-up"),
        (["warmup"], "supervision.warm-up"),
        (["carbon", "monoxide"], "gas.co"),
        (["co", "alarm"], "gas.co"),
        (["co", "detected"], "gas.co"),
        (["co", "detector"], "gas.co"),
        (["smoke"], "fire.smoke"),
        (["heat", "alarm"], "fire.heat"),
        (["heat", "detected"], "fire.heat"),
        (["heat", "detector"], "fire.heat"),
        (["gas", "alarm"], "gas.combustible"),
        (["gas", "leak"], "gas.combustible"),
        (["gas", "detected"], "gas.combustible"),
        (["gas", "detector"], "gas.combustible"),
        (["leak"], "flood.indoor"),
        (["leakage"], "flood.indoor"),
        (["flood"], "flood.indoor"),
        (["flooded"], "flood.indoor"),
        (["panic"], "sos.panic"),
        (["sos"], "sos.panic"),
        (["glass", "break"], "intrusion.glass"),
        (["glass", "broken"], "intrusion.glass"),
        (["door", "open"], "intrusion.contact"),
        (["window", "open"], "intrusion.contact"),
        (["motion"], "intrusion.motion"),
        (["pir"], "intrusion.motion"),
        (["presence"], "intrusion.presence"),
        (["occupancy"], "intrusion.presence"),
    ];

    /// <summary>The kind that a value has by its name, or null.</summary>
    /// <param name="name">Any of identifiers and names for people, in one text; English.</param>
    public static string? KindOf(string name)
    {
        var words = Words(name);
        if (words.Overlaps(Others))
            return null;
        foreach (var (all, kind) in Meanings)
        {
            if (words.IsSupersetOf(all))
                return kind;
        }

        return null;
    }

    /// <summary>Whether any of some words stands in a name.</summary>
    public static bool Has(string name, params ReadOnlySpan<string> any)
    {
        var words = Words(name);
        foreach (var word in any)
        {
            if (words.Contains(word))
                return true;
        }

        return false;
    }

    /// <summary>The words of a name in lower case: letters that hang together, <c>camelCase</c> taken apart.</summary>
    private static HashSet<string> Words(string name)
    {
        var words = new HashSet<string>();
        var from = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var isLetter = i < name.Length && char.IsAsciiLetter(name[i]);
            if (isLetter && !(i > from && char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
                continue;
            if (i > from)
                words.Add(name[from..i].ToLowerInvariant());
            from = isLetter ? i : i + 1;
        }

        return words;
    }
}
