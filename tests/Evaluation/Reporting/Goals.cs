using CivicSignals.Evaluation.Scoring;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>What is to be reached on days with all disturbances, and whether it is.</summary>
internal static class Goals
{
    public static IEnumerable<string> Rows(IReadOnlyList<DayScore> days)
    {
        yield return "| goal | wanted | reached (95 % interval) | |";
        yield return "|---|---|---|---|";
        yield return Row("public precision", 0.97, true, days, d => Sum(d, day => DayScore.Count(day.ToPublic, toPublic: true)).Precision);
        yield return Row("control-room recall, incidents with two sources or more", 0.95, true, days, d => Sum(d, day => DayScore.Count(day.Control)).RecallOfTwice);
        yield return Row("the same, where a hazard on the road counts for the crash that made it (not a goal)", 0.95, true, days, ToldOfTwice);
        yield return Row("control-room recall, all that any sensor saw", 0.90, true, days, d => Sum(d, day => DayScore.Count(day.Control)).RecallOfSensed);
        yield return Row("alerts per true incident, control room", 1.01, false, days, d => Sum(d, day => DayScore.Count(day.Control)).AlertsPerIncident);
        yield return Row("alerts per true incident, public", 1.01, false, days, d => Sum(d, day => DayScore.Count(day.ToPublic, toPublic: true)).AlertsPerIncident);
        yield return Row("calibration error, ten bins of equal mass, beliefs above 0.01", 0.05, false, days, d => Calibration.Of(d.SelectMany(day => day.Forecasts)).Ece);
        yield return Row("median seconds from first evidence to confirmed, two sources or more", 60, false, days, d => Median(d, t => t.Confirmed), "F0");
        yield return Row("seconds from the first to the second source's evidence, median (not a goal; no platform confirms sooner)", 60, false, days, d => Median(d, t => (t.Truth.SecondEvidence - t.Truth.FirstEvidence)?.TotalSeconds ?? double.PositiveInfinity), "F0");
        yield return Row("seconds from the second source's evidence to confirmed, median (not a goal; what the platform adds)", 60, false, days, d => Median(d, t => t.ConfirmedAfterSecond), "F0");
    }

    private static double ToldOfTwice(IReadOnlyList<DayScore> days)
    {
        var truths = days.SelectMany(day => day.Run.Day.Incidents.Where(truth => truth.SeenByTwo).Select(truth => day.Control.About(truth).Count > 0)).ToList();
        return truths.Count == 0 ? double.NaN : truths.Average(told => told ? 1.0 : 0);
    }

    public static Tally Sum(IEnumerable<DayScore> days, Func<DayScore, Tally> of) => days.Aggregate(Tally.Zero, (sum, day) => sum + of(day));

    /// <summary>Over incidents with two sources; what was never confirmed counts as never.</summary>
    public static double Median(IEnumerable<DayScore> days, Func<Timing, double> of) =>
        Statistics.Quantile(days.SelectMany(day => day.Timings).Where(t => t.Truth.SeenByTwo).Select(of), 0.5);

    private static string Row(string name, double wanted, bool atLeast, IReadOnlyList<DayScore> days, Func<IReadOnlyList<DayScore>, double> of, string format = "F3")
    {
        var interval = Statistics.Bootstrap(days, of);
        var missedBy = atLeast ? wanted - interval.Value : interval.Value - wanted;
        var verdict = double.IsNaN(interval.Value) ? "nothing to measure" : missedBy <= 0 ? "met"
            : double.IsInfinity(missedBy) ? "missed: most were never confirmed" : $"missed by {missedBy.ToString(format, null)}";
        return $"| {name} | {(atLeast ? "≥" : "≤")} {wanted} | {interval.Text(format)} | {verdict} |";
    }
}
