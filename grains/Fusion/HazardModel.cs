namespace CivicSignals.Fusion;

/// <summary>What the model knows of one hazard.</summary>
/// <param name="Noun">In a sentence: "a fire".</param>
/// <param name="PriorLnOdds">ln odds that it is happening at a place within five minutes, before any evidence.</param>
/// <param name="RadiusM">Evidence within this many metres, beyond uncertainties, may belong to the same event.</param>
/// <param name="WindowMinutes">Evidence within this many minutes of the newest may belong to the same event.</param>
/// <param name="ExpiresMinutes">An incident that nobody was told of closes this long after its newest evidence.</param>
/// <param name="AlertedExpiresMinutes">One that somebody was told of closes this long after its newest evidence.</param>
/// <param name="ClearMinutes">An alerted one, not vouched for by a person, closes this long after its last source has cleared.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record HazardModel(
    string Noun,
    double PriorLnOdds,
    double RadiusM,
    double WindowMinutes,
    double ExpiresMinutes,
    double AlertedExpiresMinutes,
    double ClearMinutes,
    string Source);

/// <summary>A family of sources that are not fully independent of each other.</summary>
/// <param name="Correlation">0..1: n sources count as n / (1 + (n - 1) correlation).</param>
/// <param name="CapLnLr">Most that the family may say in total, or null.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record FamilyModel(double Correlation, double? CapLnLr, string Source);

/// <summary>How much further evidence of one home counts after its weightiest.</summary>
/// <param name="SameKindLnLr">Another source of a kind that already speaks: at most this.</param>
/// <param name="OtherKindLnLr">A different kind: at most this, unless the kind says otherwise.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record SameHomeModel(double SameKindLnLr, double OtherKindLnLr, string Source);
