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
/// <param name="Retracts">Whether it counts nothing once its source has taken it back: it was said, and is not any more. Else it fades: it was so, and is over.</param>
/// <param name="WaitMinutes">How long one that belongs to no incident yet waits for one; 0: it does not.</param>
/// <param name="Burst">It counts only together with others; null: alone.</param>
/// <param name="BesideLnLr">When somebody else already speaks for the hazard there, it adds at most this; null: its family's number.</param>
/// <param name="SilenceLnLr">ln P(silent | hazard) / P(silent | no hazard), when another detector of its home speaks and it does not: 0 or less.</param>
/// <param name="Brief">What it says when it ended soon; null: nothing more than that it ended.</param>
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
    bool Retracts = false,
    double WaitMinutes = 0,
    BurstRule? Burst = null,
    double? BesideLnLr = null,
    double SilenceLnLr = 0,
    BriefRule? Brief = null)
{
    /// <summary><see cref="HoldMinutes"/>.</summary>
    public TimeSpan Hold => TimeSpan.FromMinutes(HoldMinutes);

    /// <summary>Whether it speaks for or against a hazard.</summary>
    public bool IsAbout(Hazard hazard) => LnLr.ContainsKey(hazard);

    /// <summary>Its ln likelihood ratio for a hazard, 0 where it is not about it.</summary>
    public double Says(Hazard hazard) => LnLr.GetValueOrDefault(hazard);

    /// <summary>The hazard that an incident opened by this kind is about.</summary>
    public Hazard Primary { get; } = LnLr.Keys.FirstOrDefault();
}

/// <summary>Several sources that say the same of one place at one time: together they are evidence, and may open an incident.</summary>
/// <param name="Least">Sources, 2 or more.</param>
/// <param name="RadiusM">So near to the newest, metres, beyond uncertainties.</param>
/// <param name="WithinSeconds">So shortly before it or after.</param>
public sealed record BurstRule(int Least, double RadiusM, double WithinSeconds);

/// <summary>An alarm that ended by itself so soon was probably nothing.</summary>
/// <param name="Minutes">From its beginning to its end.</param>
/// <param name="LnLr">ln P(so brief | hazard) / P(so brief | no hazard), below 0. It takes away no more than the alarm said.</param>
public sealed record BriefRule(double Minutes, double LnLr);
