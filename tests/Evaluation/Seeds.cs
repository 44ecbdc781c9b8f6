namespace CivicSignals.Evaluation;

/// <summary>Which days may be used for what. Thresholds are chosen on development days; only the others are reported.</summary>
internal static class Seeds
{
    public const int FirstDevelopment = 1, LastDevelopment = 99, FirstReporting = 1001, LastReporting = 1099;

    /// <summary>Days that are used if none are asked for.</summary>
    public static readonly (int First, int Last) Development = (1, 4), Reporting = (1001, 1008);

    /// <summary>Reads <c>a..b</c>.</summary>
    /// <exception cref="FormatException">It is no range, or not of the wanted kind.</exception>
    public static (int First, int Last) Parse(string text, bool reporting)
    {
        var parts = text.Split("..");
        if (parts.Length > 2 || !int.TryParse(parts[0], out var first) || !int.TryParse(parts[^1], out var last) || last < first)
            throw new FormatException($"--seeds: '{text}' is no range such as 1..4");
        return (Allowed(first, last, reporting), last);
    }

    private static int Allowed(int first, int last, bool reporting)
    {
        var (low, high) = reporting ? (FirstReporting, LastReporting) : (FirstDevelopment, LastDevelopment);
        if (first < low || last > high)
            throw new FormatException($"--seeds: {(reporting ? "a report" : "development")} uses seeds {low}..{high} only, so that no threshold is tried on the days that are reported");
        return first;
    }
}
