using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Running;

/// <summary>What the platform decided in a day, as its decision lines tell.</summary>
internal sealed record Decisions(IReadOnlyList<IncidentTrace> Incidents, IReadOnlyList<AlertTrace> Alerts, IReadOnlyDictionary<string, long> Account);

/// <summary>One incident over time.</summary>
internal sealed class IncidentTrace(string id, string hazard)
{
    public string Id => id;

    public string Hazard => hazard;

    public List<IncidentState> States { get; } = [];

    public DateTimeOffset OpenedAt => States[0].At;

    /// <summary>When it was confirmed first, or null.</summary>
    public DateTimeOffset? ConfirmedAt => States.FirstOrDefault(state => state.Rule is not null)?.At;

    public string? Rule => States.FirstOrDefault(state => state.Rule is not null)?.Rule;

    public string? MergedInto => States[^1].MergedInto;

    public IncidentState StateAt(DateTimeOffset at) => States.LastOrDefault(state => state.At <= at) ?? States[0];
}

/// <summary>How an incident stood at a moment.</summary>
internal sealed record IncidentState(
    DateTimeOffset At, Point Place, double RadiusM, double Belief, bool Open, string? Outcome, string? Rule, string? MergedInto, IReadOnlyList<EvidenceWeight> Evidence);

/// <summary>One piece of evidence: its weight as it counted, and as it would count alone.</summary>
internal readonly record struct EvidenceWeight(string Source, string Kind, DateTimeOffset At, double LnLr, double FullLnLr);

/// <summary>One alert over its versions.</summary>
/// <param name="Audience"><c>ControlRoom</c> or <c>Public</c>.</param>
/// <param name="Incident">The incident that it is about.</param>
/// <param name="EndedAt">When it was ended or cancelled, or null.</param>
/// <param name="Superseded">Whether it ended because its incident proved to be another.</param>
internal sealed record AlertTrace(
    string Id, string Audience, string Hazard, IncidentTrace Incident, DateTimeOffset At, DateTimeOffset? EndedAt, bool Superseded, double Belief, double RadiusM, int Versions);
