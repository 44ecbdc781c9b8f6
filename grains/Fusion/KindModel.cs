using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>What the model knows of one kind of signal.</summary>
/// <param name="Label">In a sentence: "smoke alarm".</param>
/// <param name="Family">The family of sources that say it.</param>
/// <param name="Opens">Whether it may open an incident; else it only adds to one.</param>
/// <param name="Automatic">Whether a machine says it: confirmation by two kinds counts machines only.</param>
/// <param name="FreshMinutes">It counts in full for so long.</param>
/// <param name="HalfLifeMinutes">Then it counts half every so long.</param>
/// <param name="HoldMinutes">A source that is silent for so long and then says it again says something new.</param>
/// <param name="LnLr">ln likelihood ratio per hazard that it speaks for or against; the first opens an incident. Empty: it is no evidence of anything; its area only remembers it.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="SameHomeLnLr">After weightier evidence of the same home it counts at most this; null: the model's rule.</param>
/// <param name="EndsIncident">Whether a source that takes it back ends the incident, unless another has said it since.</param>
/// <param name="EndsUnsaid">Whether what its source ends was never said: from then on it counts nothing, instead of fading.</param>
public sealed record KindModel(
    string Label,
    string Family,
    bool Opens,
    bool Automatic,
    double FreshMinutes,
    double HalfLifeMinutes,
    double HoldMinutes,
    IReadOnlyDictionary<Hazard, double> LnLr,
    string Source,
    double? SameHomeLnLr = null,
    bool EndsIncident = false,
    bool EndsUnsaid = false)
{
    /// <summary>The hazard that an incident opened by this kind is about.</summary>
    public Hazard Primary { get; } = LnLr.Keys.FirstOrDefault();
}

/// <summary>The confirmation rules' numbers.</summary>
public sealed record ConfirmationRules(TwoKindsRule TwoKinds, OperatorRule Operator);

/// <summary>Two sources that are machines, of different kinds, within a window.</summary>
public sealed record TwoKindsRule(int Version, double WindowMinutes, string Words, string Source)
{
    /// <summary>Its name in confirmations.</summary>
    public const string Name = "two-kinds";
}

/// <summary>A person in a control room vouches: from then on belief is at least <paramref name="LeastBelief"/>, 0.5..1.</summary>
public sealed record OperatorRule(int Version, double LeastBelief, string Words, string Source)
{
    /// <summary>Its name in confirmations.</summary>
    public const string Name = "operator";
}
