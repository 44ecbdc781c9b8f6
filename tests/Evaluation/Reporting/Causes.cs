using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>Why goals are missed: what the missed incidents had been observed by, and what false alerts rested on.</summary>
internal static class Causes
{
    private const int Most = 15;

    public static IEnumerable<string> Missed(IReadOnlyList<DayScore> days)
    {
        yield return "| hazard | observed by (what reached the platform) | incidents | told to the control room | told to the public |";
        yield return "|---|---|---|---|---|";
        var rows = days.SelectMany(day => day.Run.Day.Incidents.Where(truth => truth.SeenByAny).Select(truth => (Day: day, Truth: truth)))
            .GroupBy(pair => (pair.Truth.Hazard, By: Witnesses(pair.Truth)));
        foreach (var row in rows.OrderByDescending(row => row.Count(p => p.Day.Control.Detection(p.Truth) is null)).ThenBy(row => row.Key.ToString(), StringComparer.Ordinal).Take(Most))
        {
            var told = Hazards.IsPublic(row.Key.Hazard) ? row.Count(p => p.Day.ToPublic.Detection(p.Truth) is not null).ToString(provider: null) : "–";
            yield return $"| {row.Key.Hazard} | {row.Key.By} | {row.Count()} | {row.Count(p => p.Day.Control.Detection(p.Truth) is not null)} | {told} |";
        }
    }

    public static IEnumerable<string> False(IReadOnlyList<DayScore> days, bool toPublic)
    {
        yield return "| hazard | evidence when the alert went out | confirmed by | false alerts | true ones like it |";
        yield return "|---|---|---|---|---|";
        var rows = days.SelectMany(day => (toPublic ? day.ToPublic : day.Control).Claims).GroupBy(m => (m.Claim.Hazard, Evidence: Evidence(m), Rule: m.Claim.Alert!.Incident.StateAt(m.Claim.At).Rule ?? "–"));
        foreach (var row in rows.Where(row => row.Any(m => !m.IsTrue)).OrderByDescending(row => row.Count(m => !m.IsTrue)).ThenBy(row => row.Key.ToString(), StringComparer.Ordinal).Take(Most))
            yield return $"| {row.Key.Hazard} | {row.Key.Evidence} | {row.Key.Rule} | {row.Count(m => !m.IsTrue)} | {row.Count(m => m.IsTrue)} |";
    }

    private static string Witnesses(TrueIncident truth) => string.Join(" + ", truth.Received.GroupBy(o => o.Origin).Select(origin => origin.First().Witness)
        .GroupBy(witness => witness).OrderBy(group => group.Key).Select(group => group.Count() == 1 ? $"1 {group.Key}" : $"2 or more {group.Key}"));

    private static string Evidence(Matched matched) => string.Join(" + ", matched.Claim.Alert!.Incident.StateAt(matched.Claim.At).Evidence
        .GroupBy(e => e.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Count() == 1 ? group.Key : $"{(group.Count() > 3 ? "4 or more" : group.Count())} {group.Key}"));
}
