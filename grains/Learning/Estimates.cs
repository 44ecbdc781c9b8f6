using CivicSignals.Fusion;

namespace CivicSignals.Learning;

/// <summary>A kind's ln likelihood ratio, estimated anew.</summary>
/// <param name="Outcomes">What it rests on.</param>
/// <param name="Old">The model's value.</param>
/// <param name="New">The estimate.</param>
/// <param name="Lower">2.5 % bound of the estimate.</param>
/// <param name="Upper">97.5 % bound.</param>
public sealed record KindEstimate(KindOutcomes Outcomes, double Old, double New, double Lower, double Upper);

/// <summary>A prior of source reliability, estimated anew; as strong as the old one.</summary>
/// <param name="Outcomes">What it rests on.</param>
/// <param name="Old">The model's.</param>
/// <param name="New">The estimate.</param>
public sealed record PriorEstimate(SourceOutcomes Outcomes, ReliabilityPrior Old, ReliabilityPrior New);

/// <summary>
/// Estimates the model's numbers anew from outcomes, by Beta-binomial smoothing against what the model itself expected. Where as many incidents
/// were real as it expected nothing moves; few outcomes move little; no number moves by more than a factor of ten at once. Pure.
/// </summary>
public static class Estimates
{
    /// <summary>Outcomes of either sort that are added to what was observed and to what was expected alike.</summary>
    public const double Smoothing = 5;

    /// <summary>Most that one ln LR moves at once: a factor of ten.</summary>
    public const double MostShift = 2.3;

    /// <summary>Least and most ln LR that is estimated: it goes on to speak for its hazard, within the model file's bounds.</summary>
    private const double Least = 0.1;
    private const double Most = 30;

    /// <summary>A prior moves as if it had been observed so often at least.</summary>
    private const double LeastStrength = 20;

    public static IReadOnlyList<KindEstimate> OfKinds(OutcomeTally tally, FusionModel model) =>
        [.. tally.Kinds.Select(outcomes => Of(outcomes, model.Kinds[outcomes.Kind].LnLr[outcomes.Hazard]))];

    public static IReadOnlyList<PriorEstimate> OfPriors(OutcomeTally tally, FusionModel model) =>
        [.. tally.Sources.Select(outcomes => Of(outcomes, model.Reliability.Kinds.GetValueOrDefault(outcomes.Name) ?? model.Reliability.Families[outcomes.Name]))];

    /// <summary>
    /// The log-odds of Beta(s + real, s + false) against those of Beta(s + expected, s + the rest): that much the kind's odds were off. The kind
    /// answers for the share of it that it had in what was believed.
    /// </summary>
    private static KindEstimate Of(KindOutcomes outcomes, double old)
    {
        var observed = (Smoothing + outcomes.Real) / (Smoothing + outcomes.False);
        var expected = (Smoothing + outcomes.Expected) / (Smoothing + outcomes.Count - outcomes.Expected);
        var deviation = Math.Sqrt((1 / (Smoothing + outcomes.Real)) + (1 / (Smoothing + outcomes.False)));
        double Move(double lnOdds) => Math.Round(Math.Clamp(old + (outcomes.Share * Math.Clamp(lnOdds, -MostShift, MostShift)), Math.Min(old, Least), Most), 2);
        var shift = Math.Log(observed / expected);
        return new KindEstimate(outcomes, old, Move(shift), Move(shift - (1.96 * deviation)), Move(shift + (1.96 * deviation)));
    }

    private static PriorEstimate Of(SourceOutcomes outcomes, ReliabilityPrior old)
    {
        var strength = old.Right + old.Wrong;
        var weight = Math.Max(strength, LeastStrength);
        var mean = ((old.Right / strength * weight) + outcomes.Right) / (weight + outcomes.Right + outcomes.Wrong);
        return new PriorEstimate(outcomes, old, old with { Right = Math.Round(strength * mean, 3), Wrong = Math.Round(strength * (1 - mean), 3) });
    }
}
