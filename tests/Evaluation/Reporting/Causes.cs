using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Running;
using CivicSignals.Evaluation.Scoring;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>Why goals are missed: what the missed incidents had been observed by, and what false alerts rested on.</summary>
internal static class Causes
{
    private const int Most = 15, MostBeliefs = 30;

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

    /// <summary>Where beliefs are off: the evidence under which belief and truth differ most in total.</summary>
    public static IEnumerable<string> Beliefs(IReadOnlyList<DayScore> days)
    {
        yield return "| hazard | evidence when it had gathered | incidents | mean belief | share true |";
        yield return "|---|---|---|---|---|";
        var rows = days.SelectMany(day => day.Forecasts).Where(f => f.Belief > Calibration.Least)
            .GroupBy(f => (f.Incident!.Hazard, Evidence: Evidence(Forecast.Settled(f.Incident))));
        foreach (var row in rows.OrderByDescending(row => Math.Abs(row.Sum(f => f.Belief - (f.IsReal ? 1 : 0)))).ThenBy(row => row.Key.ToString(), StringComparer.Ordinal).Take(MostBeliefs))
            yield return string.Create(null, $"| {row.Key.Hazard} | {row.Key.Evidence} | {row.Count()} | {row.Average(f => f.Belief):F3} | {row.Average(f => f.IsReal ? 1.0 : 0):F3} |");
    }

    /// <summary>True incidents of which a control room was told twice: what each alert rested on.</summary>
    public static IEnumerable<string> Twice(IReadOnlyList<DayScore> days)
    {
        yield return "| truth | first alert | a later one | metres and minutes between | incidents |";
        yield return "|---|---|---|---|---|";
        var rows = days.SelectMany(day => day.Run.Day.Incidents.Select(truth => (Truth: truth, Claims: day.Control.About(truth).Where(m => m is { Fit: Fit.Same, Claim.Superseded: false }).ToList())))
            .Where(pair => pair.Claims.Count > 1)
            .Select(pair => (pair.Truth.Hazard, First: $"{pair.Claims[0].Claim.Hazard}: {Evidence(pair.Claims[0])}", Later: $"{pair.Claims[1].Claim.Hazard}: {Evidence(pair.Claims[1])}", Apart: Apart(pair.Claims[0].Claim, pair.Claims[1].Claim)));
        foreach (var row in rows.GroupBy(row => row).OrderByDescending(row => row.Count()).ThenBy(row => row.Key.ToString(), StringComparer.Ordinal).Take(Most))
            yield return $"| {row.Key.Hazard} | {row.Key.First} | {row.Key.Later} | {row.Key.Apart} | {row.Count()} |";
    }

    private static string Apart(Claim a, Claim b) => string.Create(null, $"{a.Place.MetresTo(b.Place):F0} m, {(b.At - a.At).TotalMinutes:F0} min");

    private static string Witnesses(TrueIncident truth) => string.Join(" + ", truth.Received.GroupBy(o => o.Origin).Select(origin => origin.First().Witness)
        .GroupBy(witness => witness).OrderBy(group => group.Key).Select(group => group.Count() == 1 ? $"1 {group.Key}" : $"2 or more {group.Key}"));

    private static string Evidence(Matched matched) => Evidence(matched.Claim.Alert!.Incident.StateAt(matched.Claim.At));

    private static string Evidence(IncidentState state) => string.Join(" + ", state.Evidence
        .GroupBy(e => e.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Count() == 1 ? group.Key : $"{(group.Count() > 3 ? "4 or more" : group.Count())} {group.Key}"));
}
