using System.Text.Json.Serialization;
using CivicSignals.Learning;
using CivicSignals.Signals;

namespace CivicSignals.Incidents;

/// <summary>An incident as outsiders read it: the replay format's <c>incident</c> line. For control rooms only: it holds homes' places.</summary>
/// <param name="At">When it came to stand so, UTC.</param>
/// <param name="Type">Always <c>incident</c>.</param>
/// <param name="Id">The incident's id.</param>
/// <param name="Hazard">What may be happening.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="RadiusM">Metres that hold the evidence's places with their uncertainty.</param>
/// <param name="Belief">Probability that it is real, 0..1.</param>
/// <param name="Stage">Open or Closed.</param>
/// <param name="Outcome">How it ended; null while open.</param>
/// <param name="Confirmation">The rule that confirmed it, or null.</param>
/// <param name="Evidence">What speaks for it, the weightiest first.</param>
/// <param name="MergedInto">The incident that it proved to be, or null.</param>
/// <param name="OpenedAt">When the first evidence was weighed.</param>
/// <param name="Neighbourhood">Name of the neighbourhood, or null.</param>
/// <param name="AcknowledgedBy">User, or null.</param>
/// <param name="Model">Version of the fusion model.</param>
/// <param name="Alerted">The audiences that have been told.</param>
public sealed record IncidentLine(
    DateTimeOffset At,
    string Type,
    string Id,
    Hazard Hazard,
    double Lat,
    double Lon,
    double RadiusM,
    double Belief,
    Stage Stage,
    Outcome? Outcome,
    Confirmation? Confirmation,
    IReadOnlyList<EvidenceLine> Evidence,
    string? MergedInto,
    DateTimeOffset OpenedAt,
    string? Neighbourhood,
    string? AcknowledgedBy,
    string Model,
    IReadOnlyList<Alerts.Audience> Alerted)
{
    /// <summary>The detectors that ought to speak too and do not, with what their silence says; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SilentLine>? Silent { get; init; }

    /// <summary>Probability that it is nothing but one cause that many homes share, 0..1; null: no such cause is at work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CommonCause { get; init; }

    /// <summary>Where premises that speak for it stand because of false calls; null: nowhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FalseCallStanding>? FalseCalls { get; init; }

    /// <summary>Why a service is not told of it unless it is confirmed; null: no service is kept from it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Withheld { get; init; }

    /// <summary>The incidents that were merged into it; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Merger>? MergedFrom { get; init; }

    /// <summary>Ids of the incidents that a person has parted it from; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Apart { get; init; }

    /// <summary>The incident of another area that a person is merging it into, while that is under way; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MergingInto { get; init; }
}

/// <summary>A detector's silence in an <see cref="IncidentLine"/>.</summary>
/// <param name="Detector">What it is: "heat alarm".</param>
/// <param name="LnLr">What its silence says, ln of the likelihood ratio: 0 or less.</param>
/// <param name="Why">The same in plain words.</param>
public sealed record SilentLine(string Detector, double LnLr, string Why);

/// <summary>One piece of evidence in an <see cref="IncidentLine"/>.</summary>
/// <param name="Source">Who observed.</param>
/// <param name="Kind">What it said.</param>
/// <param name="At">When.</param>
/// <param name="LnLr">Its weight as it counts now: ln of the likelihood ratio after discounts and decay.</param>
/// <param name="FullLnLr">What it would count fresh, near and alone.</param>
/// <param name="Why">The weight in plain words, discounts included.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="ClearedAt">When the source said that it has ended, or null.</param>
public sealed record EvidenceLine(
    string Source,
    string Kind,
    DateTimeOffset At,
    double LnLr,
    double FullLnLr,
    string Why,
    double Lat,
    double Lon,
    DateTimeOffset? ClearedAt)
{
    /// <summary>Why it counts less than in full; null: it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fusion.Discount? Discount { get; init; }

    /// <summary>How far around it may have been, metres.</summary>
    public double UncertaintyM { get; init; }
}

/// <summary>A person's action as the ledger keeps it.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Type">Always <c>action</c>.</param>
/// <param name="Incident">The incident's id.</param>
/// <param name="Action">The verb's word; to the other incident of a merger or split <c>merge-from</c> or <c>split-from</c>; <c>merge-refused</c> where one accepted could not be done.</param>
/// <param name="User">Who.</param>
/// <param name="Note">Why; may be empty.</param>
public sealed record ActionLine(DateTimeOffset At, string Type, string Incident, string Action, string User, string Note)
{
    /// <summary>The other incident of a merger or split; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Other { get; init; }
}
