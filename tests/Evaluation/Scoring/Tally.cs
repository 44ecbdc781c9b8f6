using CivicSignals.Evaluation.Days;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>Counts that add up over days and hazards. All ratios come from sums, so that nothing is weighted by chance.</summary>
internal sealed record Tally(
    int Claims, int TrueClaims, int Seen, int SeenFound, int Sensed, int SensedFound, int Twice, int TwiceFound, int Alerted, int AlertsAboutAlerted, int Split, int Merged)
{
    public static Tally Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Correct claims of all claims.</summary>
    public double Precision => Ratio(TrueClaims, Claims);

    /// <summary>Found of all that anything observed and that reached the platform.</summary>
    public double RecallOfSeen => Ratio(SeenFound, Seen);

    /// <summary>Found of those that a sensor of a home or a vehicle observed.</summary>
    public double RecallOfSensed => Ratio(SensedFound, Sensed);

    /// <summary>Found of those with at least two sources.</summary>
    public double RecallOfTwice => Ratio(TwiceFound, Twice);

    /// <summary>Claims for each incident that there were claims about; 1 is ideal. What was superseded by a merge does not count.</summary>
    public double AlertsPerIncident => Ratio(AlertsAboutAlerted, Alerted);

    /// <summary>Counts a day for one tier.</summary>
    /// <param name="hazard">Only this family; null: all.</param>
    public static Tally Of(Matching matching, string? hazard, Func<TrueIncident, bool> concerned)
    {
        var claims = matching.Claims.Where(m => hazard is null || Hazards.Family(m.Claim.Hazard) == hazard).ToList();
        var truths = matching.Truths.Where(truth => concerned(truth) && (hazard is null || truth.Hazard == hazard)).ToList();
        bool Found(TrueIncident truth) => matching.Detection(truth) is not null;
        var about = truths.Select(truth => matching.About(truth).Count(m => !m.Claim.Superseded)).Where(count => count > 0).ToList();
        return new Tally(
            claims.Count,
            claims.Count(m => m.IsTrue),
            truths.Count(truth => truth.SeenByAny),
            truths.Count(truth => truth.SeenByAny && Found(truth)),
            truths.Count(truth => truth.SeenBySensor),
            truths.Count(truth => truth.SeenBySensor && Found(truth)),
            truths.Count(truth => truth.SeenByTwo),
            truths.Count(truth => truth.SeenByTwo && Found(truth)),
            about.Count,
            about.Sum(),
            about.Count(count => count > 1),
            truths.Count(truth => truth.SeenByAny && !Found(truth) && Covered(matching, truth)));
    }

    public static Tally operator +(Tally a, Tally b) => new(
        a.Claims + b.Claims, a.TrueClaims + b.TrueClaims, a.Seen + b.Seen, a.SeenFound + b.SeenFound, a.Sensed + b.Sensed, a.SensedFound + b.SensedFound,
        a.Twice + b.Twice, a.TwiceFound + b.TwiceFound, a.Alerted + b.Alerted, a.AlertsAboutAlerted + b.AlertsAboutAlerted, a.Split + b.Split, a.Merged + b.Merged);

    /// <summary>Whether an incident without a claim of its own lies under a claim that was given to another: two became one.</summary>
    private static bool Covered(Matching matching, TrueIncident truth) => matching.Claims.Any(m =>
        m.Truth is { } other && other != truth
        && MatchRule.Of(truth, m.Claim.Hazard, m.Claim.Place, m.Claim.RadiusM, m.Claim.At) == Fit.Same);

    private static double Ratio(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;
}
