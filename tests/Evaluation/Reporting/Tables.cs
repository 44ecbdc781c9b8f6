using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>The report's tables, Markdown line by line.</summary>
internal static class Tables
{
    public static IEnumerable<string> Tier(IReadOnlyList<DayScore> days, bool toPublic)
    {
        yield return "| hazard | alerts | true | precision | recall: anything saw | recall: a sensor saw | recall: two sources | alerts per incident | split | merged |";
        yield return "|---|---|---|---|---|---|---|---|---|---|";
        foreach (var hazard in (string?[])[null, .. Hazards.Families.Where(hazard => !toPublic || Hazards.IsPublic(hazard))])
        {
            Tally Of(IEnumerable<DayScore> d) => Goals.Sum(d, day => DayScore.Count(toPublic ? day.ToPublic : day.Control, hazard, toPublic));
            string Ci(Func<Tally, double> of, int count) => Statistics.Bootstrap(days, d => of(Of(d))).Text() + $" of {count}";
            var sum = Of(days);
            yield return $"| {hazard ?? "**all**"} | {sum.Claims} | {sum.TrueClaims} | {Ci(t => t.Precision, sum.Claims)} | {Ci(t => t.RecallOfSeen, sum.Seen)} | {Ci(t => t.RecallOfSensed, sum.Sensed)} "
                + $"| {Ci(t => t.RecallOfTwice, sum.Twice)} | {Statistics.Bootstrap(days, d => Of(d).AlertsPerIncident).Text()} | {sum.Split} | {sum.Merged} |";
        }
    }

    public static IEnumerable<string> FalsePublic(IReadOnlyList<DayScore> days, TownPlan town)
    {
        double Wrong(IEnumerable<DayScore> d) => d.Sum(day => day.ToPublic.Claims.Count(m => !m.IsTrue)) / (double)d.Count();
        const int areas = TownPlan.Columns * TownPlan.Rows;
        yield return $"- False public alerts per area and day ({areas} areas): {Statistics.Bootstrap(days, d => Wrong(d) / areas).Text("F4")}.";
        yield return $"- False public alerts per 100,000 residents and day ({town.Residents:N0} residents): {Statistics.Bootstrap(days, d => Wrong(d) / town.Residents * 1e5).Text("F2")}.";
        var stood = days.SelectMany(day => day.ToPublic.Claims).Where(m => !m.IsTrue).Select(m => ((m.Claim.Alert!.EndedAt - m.Claim.At)?.TotalMinutes) ?? double.PositiveInfinity).ToList();
        yield return $"- A false public alert stood for {Statistics.Quantile(stood, 0.5):F0} minutes (median; 90 %: {Statistics.Quantile(stood, 0.9):F0}) until it was ended, over {stood.Count} alerts. No person corrects it: the days hold no operators.";
        var after = days.SelectMany(day => day.ToPublic.Claims).Where(m => m.IsTrue).Select(m => ((m.Claim.Alert!.EndedAt - m.Truth!.End)?.TotalMinutes) ?? double.PositiveInfinity).ToList();
        yield return $"- A true public alert ended {Statistics.Quantile(after, 0.5):F0} minutes after its incident (median; 90 %: {Statistics.Quantile(after, 0.9):F0}), over {after.Count} alerts.";
    }

    public static IEnumerable<string> Times(IReadOnlyList<DayScore> days)
    {
        yield return "| | incidents | never | median | 90 % |";
        yield return "|---|---|---|---|---|";
        yield return Row("first evidence to control-room alert, s", t => t.Alert, _ => true);
        yield return Row("onset to control-room alert, s (alerted only)", t => t.Lead, t => !double.IsInfinity(t.Lead));
        yield return Row("first evidence to public alert, s (public hazards)", t => t.PublicAlert, t => Hazards.IsPublic(t.Truth.Hazard));
        yield return Row("first evidence to confirmed, s (two sources)", t => t.Confirmed, t => t.Truth.SeenByTwo);
        yield return Row("first evidence to confirmed, s (confirmed only)", t => t.Confirmed, t => !double.IsInfinity(t.Confirmed));
        yield return Row("second source to confirmed, s (confirmed only)", t => t.ConfirmedAfterSecond, t => !double.IsInfinity(t.ConfirmedAfterSecond));
        yield return Row("alert's distance from the true place, m (alerted only)", t => t.OffM, t => !double.IsNaN(t.OffM));

        string Row(string name, Func<Timing, double> of, Func<Timing, bool> which)
        {
            var values = days.SelectMany(day => day.Timings).Where(which).Select(of).ToList();
            return $"| {name} | {values.Count} | {values.Count(double.IsInfinity)} | {Show(Statistics.Quantile(values, 0.5))} | {Show(Statistics.Quantile(values, 0.9))} |";
        }

        static string Show(double value) => double.IsInfinity(value) ? "never" : double.IsNaN(value) ? "–" : value.ToString("F0", null);
    }

    public static IEnumerable<string> Calibrations(IReadOnlyList<DayScore> days)
    {
        yield return "| | forecasts above 0.01 | base rate | Brier | skill | calibration error |";
        yield return "|---|---|---|---|---|---|";
        yield return Row("**platform**", day => day.Forecasts);
        yield return Row("without discounts", day => day.PlainForecasts);
        foreach (var hazard in Hazards.Families)
            yield return Row(hazard, day => day.Forecasts.Where(f => f.Hazard == hazard));
        yield return "";
        yield return "| bin | forecasts | mean belief | share true |";
        yield return "|---|---|---|---|";
        foreach (var (bin, i) in Calibration.Of(days.SelectMany(day => day.Forecasts)).Bins.Select((bin, i) => (bin, i)))
            yield return $"| {i + 1} | {bin.Count} | {bin.Belief:F3} | {bin.Real:F3} |";

        string Row(string name, Func<DayScore, IEnumerable<Forecast>> of)
        {
            var all = Calibration.Of(days.SelectMany(of));
            return $"| {name} | {all.Count} | {all.BaseRate:F3} | {all.Brier:F4} | {all.Skill:F3} | {Statistics.Bootstrap(days, d => Calibration.Of(d.SelectMany(of)).Ece).Text()} |";
        }
    }

    /// <summary>Each baseline, and what the platform's belief reaches at the same recall.</summary>
    public static IEnumerable<string> Baselines(IReadOnlyList<DayScore> days)
    {
        var belief = Curve.Of(days.Select(day => day.Beliefs), truth => truth.SeenByAny);
        var plain = Curve.Of(days.Select(day => day.Plain), truth => truth.SeenByAny);
        var sent = Goals.Sum(days, day => DayScore.Count(day.Control));
        yield return "| | alerts | precision | recall of all that anything saw | alerts per incident | platform's precision at that recall |";
        yield return "|---|---|---|---|---|---|";
        yield return Row("platform, control room, as sent", sent);
        yield return Row("any sensor alone", Goals.Sum(days, day => DayScore.Count(day.AnySensor)));
        yield return Row("two within five minutes in one area", Goals.Sum(days, day => DayScore.Count(day.TwoOfN)));
        yield return $"| belief without discounts, at the platform's recall | | {Show(plain.PrecisionAt(sent.RecallOfSeen))} | {sent.RecallOfSeen:F3} | {Goals.Sum(days, day => DayScore.Count(day.Plain)).AlertsPerIncident:F3} | {Show(belief.PrecisionAt(sent.RecallOfSeen))} |";

        string Row(string name, Tally tally) =>
            $"| {name} | {tally.Claims} | {tally.Precision:F3} | {tally.RecallOfSeen:F3} | {tally.AlertsPerIncident:F3} | {Show(belief.PrecisionAt(tally.RecallOfSeen))} |";

        static string Show(double? value) => value is { } number ? number.ToString("F3", null) : "not reached";
    }

    /// <summary>Each disturbance alone: what it changes.</summary>
    public static IEnumerable<string> Disturbed(IReadOnlyList<(string Name, IReadOnlyList<DayScore> Days)> conditions)
    {
        yield return "| disturbance | public alerts, false | control-room alerts, false | control-room recall, two sources | control-room recall, a sensor saw | alerts per incident | calibration error |";
        yield return "|---|---|---|---|---|---|---|";
        var (plainPublic, plainControl) = (0, 0);
        foreach (var (name, days) in conditions)
        {
            var (open, control) = (Goals.Sum(days, day => DayScore.Count(day.ToPublic, toPublic: true)), Goals.Sum(days, day => DayScore.Count(day.Control)));
            var (wrongPublic, wrongControl) = (open.Claims - open.TrueClaims, control.Claims - control.TrueClaims);
            if (name == "none")
                (plainPublic, plainControl) = (wrongPublic, wrongControl);
            yield return $"| {name} | {open.Claims}, {wrongPublic} ({wrongPublic - plainPublic:+0;-0;0}) | {control.Claims}, {wrongControl} ({wrongControl - plainControl:+0;-0;0}) "
                + $"| {control.RecallOfTwice:F3} of {control.Twice} | {control.RecallOfSensed:F3} of {control.Sensed} | {control.AlertsPerIncident:F3} | {Calibration.Of(days.SelectMany(day => day.Forecasts)).Ece:F3} |";
        }
    }
}
