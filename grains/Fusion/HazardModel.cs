namespace CivicSignals.Fusion;

/// <summary>What the model knows of one hazard.</summary>
/// <param name="Noun">In a sentence: "a fire".</param>
/// <param name="PriorLnOdds">ln odds that it is happening at a place within five minutes, before any evidence.</param>
/// <param name="RadiusM">Evidence within this many metres, beyond uncertainties, may belong to the same event.</param>
/// <param name="WindowMinutes">Evidence within this many minutes of the newest may belong to the same event.</param>
/// <param name="ExpiresMinutes">An incident that nobody was told of closes this long after its newest evidence.</param>
/// <param name="AlertedExpiresMinutes">One that somebody was told of closes this long after its newest evidence.</param>
/// <param name="ClearMinutes">An alerted one, not vouched for by a person, closes this long after its last source has cleared, or has said no more for as long as it said.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="HourLnOdds">Added to the prior by the local hour of the incident's beginning, for each quarter of the day from midnight; null: hours do not matter.</param>
/// <param name="PlaceLnOdds">Added to the prior by the kind of premises of the evidence, such as <c>business</c>; a kind that is not named adds 0.</param>
public sealed record HazardModel(
    string Noun,
    double PriorLnOdds,
    double RadiusM,
    double WindowMinutes,
    double ExpiresMinutes,
    double AlertedExpiresMinutes,
    double ClearMinutes,
    string Source,
    IReadOnlyList<double>? HourLnOdds = null,
    IReadOnlyDictionary<string, double>? PlaceLnOdds = null)
{
    /// <summary>Quarters of a day in <see cref="HourLnOdds"/>.</summary>
    public const int Quarters = 4;
}

/// <summary>A family of sources that are not fully independent of each other.</summary>
/// <param name="Correlation">0..1: n voices beside the first count as n / (1 + (n - 1) correlation).</param>
/// <param name="CapLnLr">Most that the family may say in total beside another voice, and in total against the hazard; or null.</param>
/// <param name="BesideLnLr">
/// What one of them adds when somebody else already speaks: ln P(it speaks | hazard) / P(it speaks by chance, so near and so soon). Far less than
/// alone, where it answers for every place and time at which nothing was said. Null: as much as alone.
/// </param>
/// <param name="BesideMinutes">That is for what was observed at the same time; it halves for every so many minutes between. Null: it does not.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record FamilyModel(double Correlation, double? CapLnLr, string Source, double? BesideLnLr = null, double? BesideMinutes = null);

/// <summary>How much further evidence of one home counts after its weightiest.</summary>
/// <param name="SameKindLnLr">Another source of a kind that already speaks: at most this.</param>
/// <param name="OtherKindLnLr">A different kind: at most this, unless the kind says otherwise.</param>
/// <param name="SilentAfterMinutes">A detector that says nothing so long after the home's first alarm is silent.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record SameHomeModel(double SameKindLnLr, double OtherKindLnLr, double SilentAfterMinutes, string Source);
