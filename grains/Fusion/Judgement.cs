using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>What the model makes of an incident at one moment.</summary>
/// <param name="Belief">Probability that it is real, 0..1.</param>
/// <param name="Centre">Where, with the radius that holds the evidence.</param>
/// <param name="Weights">Each piece of evidence, the weightiest first.</param>
/// <param name="Silent">The detectors that ought to speak too, and do not.</param>
/// <param name="CommonCause">Probability that it is one cause that many homes share, such as weather, 0..1; the rest is a false alarm of its own.</param>
public readonly record struct Judgement(double Belief, Place Centre, IReadOnlyList<Weight> Weights, IReadOnlyList<Silence> Silent, double CommonCause);

/// <summary>A detector of a home that says nothing while another sounds.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="LnLr">What its silence says, as ln LR: 0 or less.</param>
public readonly record struct Silence(KindModel Kind, double LnLr);

/// <summary>One piece of evidence, weighed.</summary>
/// <param name="Evidence">Which.</param>
/// <param name="Kind">Its kind in the model; null: unknown to this model, weight 0.</param>
/// <param name="Full">ln LR fresh, near and alone.</param>
/// <param name="LnLr">ln LR as it counts.</param>
/// <param name="Discount">The main reason why it counts less than in full.</param>
/// <param name="Near">How much of it counts beside others, for it is so far from the incident's centre, 0..1. What leads says where the incident is.</param>
public readonly record struct Weight(Evidence Evidence, KindModel? Kind, double Full, double LnLr, Discount Discount, double Near = 1);

/// <summary>Why evidence counts less than it would alone.</summary>
public enum Discount
{
    None,

    /// <summary>It is no longer fresh.</summary>
    Age,

    /// <summary>It ended by itself too soon.</summary>
    Brief,

    /// <summary>A cause that many homes share explains it as well.</summary>
    CommonCause,

    /// <summary>Somebody else already speaks: it adds how much likelier it is that it speaks too.</summary>
    Beside,

    /// <summary>Weightier evidence of the same home already speaks.</summary>
    SameHome,

    /// <summary>It repeats what somebody else said.</summary>
    Repost,

    /// <summary>Others of its family see the same thing.</summary>
    Family,

    /// <summary>Its family has said as much as it may in total.</summary>
    Cap,

    /// <summary>Its source has been wrong before.</summary>
    Reliability,
}
