using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Running;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>A belief and what was true.</summary>
/// <param name="Incident">Whose belief it is.</param>
internal sealed record Forecast(string Hazard, double Belief, bool IsReal, IncidentTrace? Incident = null)
{
    /// <summary>An incident is judged by what it was believed when its first evidence had gathered: one forecast each, chosen by the clock alone.</summary>
    public static readonly TimeSpan Gathered = TimeSpan.FromMinutes(10);

    /// <summary>One forecast of each incident that did not prove to be another.</summary>
    public static IEnumerable<Forecast> Of(Decisions decisions, IReadOnlyList<TrueIncident> truths) =>
        from incident in decisions.Incidents
        where incident.MergedInto is null
        let state = Settled(incident)
        let real = truths.Any(truth => MatchRule.Of(truth, incident.Hazard, state.Place, state.RadiusM, incident.OpenedAt) != Fit.None)
        select new Forecast(Hazards.Family(incident.Hazard), state.Belief, real, incident);

    public static IncidentState Settled(IncidentTrace incident) =>
        incident.States.LastOrDefault(state => state.Open && state.At <= incident.OpenedAt + Gathered) ?? incident.States[0];
}
