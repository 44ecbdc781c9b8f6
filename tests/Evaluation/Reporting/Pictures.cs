using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;

namespace CivicSignals.Evaluation.Reporting;

/// <summary>The report's diagrams.</summary>
internal static class Pictures
{
    private const string Blue = "#1f5fa8", Orange = "#c8641a", Grey = "#888", Green = "#2a7d3f", Purple = "#7a3f9d";

    public static string Reliability(IReadOnlyList<DayScore> days)
    {
        var svg = new Svg("Belief and what was true (ten bins of equal mass)", "mean belief", "share that was true")
            .Line([(0, 0), (1, 1)], Grey, "perfect", dashed: true);
        Add(Calibration.Of(days.SelectMany(day => day.Forecasts)), Blue, "platform");
        Add(Calibration.Of(days.SelectMany(day => day.PlainForecasts)), Orange, "without discounts");
        return svg.ToString();

        void Add(Calibration calibration, string colour, string name)
        {
            svg.Line(calibration.Bins.Select(bin => (bin.Belief, bin.Real)), colour, $"{name}, {calibration.Count}");
            foreach (var bin in calibration.Bins)
                svg.Dot(bin.Belief, bin.Real, 4, colour);
        }
    }

    /// <summary>For one tier: the curve of belief, what the alerts really reach, and the baselines.</summary>
    public static string PrecisionRecall(IReadOnlyList<DayScore> days, bool toPublic)
    {
        bool Wanted(TrueIncident truth) => truth.SeenByAny && (!toPublic || Hazards.IsPublic(truth.Hazard));
        bool Shown(Matched matched) => !toPublic || Hazards.IsPublic(matched.Claim.Hazard);
        var svg = new Svg(toPublic ? "Public: precision and recall" : "Control room: precision and recall", "recall of all that anything saw", "precision")
            .Line(Curve.Of(days.Select(day => day.Beliefs.Where(Shown)), Wanted).Points.Select(p => (p.Recall, p.Precision)), Blue, "belief, every threshold")
            .Line(Curve.Of(days.Select(day => day.Plain.Where(Shown)), Wanted).Points.Select(p => (p.Recall, p.Precision)), Orange, "without discounts");
        Add(day => toPublic ? day.ToPublic : day.Control, Green, "alerts as sent");
        Add(day => day.AnySensor, Purple, "any sensor alone");
        Add(day => day.TwoOfN, Grey, "two within five minutes");
        return svg.ToString();

        void Add(Func<DayScore, Matching> of, string colour, string name)
        {
            var tally = days.Aggregate(Tally.Zero, (sum, day) => sum + DayScore.Count(of(day).Where(Shown), null, toPublic));
            svg.Dot(tally.RecallOfSeen, tally.Precision, 6, colour, name);
        }
    }
}
