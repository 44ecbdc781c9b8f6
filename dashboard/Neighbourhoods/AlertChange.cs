using CivicSignals.Alerts;

namespace CivicSignals.Dashboard.Neighbourhoods;

/// <summary>What one version of a public alert changed against the version before it.</summary>
public static class AlertChange
{
    /// <summary>One sentence per change, the most important first; never empty.</summary>
    /// <param name="before">The version before, or null for the first.</param>
    /// <param name="after">The version to explain.</param>
    /// <param name="now">The moment at which the last version's end is judged.</param>
    public static IReadOnlyList<string> Between(Alert? before, Alert after, DateTimeOffset now)
    {
        if (before is null)
            return ["First published. " + after.Sentence()];
        if (after.Ended is not null || after.MsgType == MsgType.Cancel)
            return [after.Standing(now).Sentence(), .. after.Reasons.Except(before.Reasons)];
        var changes = new List<string>();
        if (after.Supersedes?.Count > (before.Supersedes?.Count ?? 0))
            changes.Add("Another alert proved to be about the same event, and goes on here.");
        if (after.Confirmed && !before.Confirmed)
            changes.Add("It is now confirmed.");
        if (after.Certainty != before.Certainty)
            changes.Add($"How sure we are: from {Word(before)} to {Word(after)}.");
        changes.AddRange(after.Reasons.Except(before.Reasons).Select(reason => "New: " + reason));
        changes.AddRange(before.Reasons.Except(after.Reasons).Select(reason => "No longer given: " + reason));
        if (after.Headline != before.Headline && changes.Count == 0)
            changes.Add("The headline now says more.");
        if ((after.Lat, after.Lon, after.RadiusM) != (before.Lat, before.Lon, before.RadiusM))
            changes.Add("The area on the map has changed.");
        if (changes.Count == 0)
            changes.Add("Still the same; the alert was renewed.");
        return changes;
    }

    private static string Word(Alert alert) => alert.Certainty switch
    {
        Certainty.Observed => "seen by people",
        Certainty.Likely => "likely",
        _ => "possible",
    };
}
