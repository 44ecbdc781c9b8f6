using CivicSignals.Evaluation.Running;
using CivicSignals.Evaluation.Scoring;

namespace CivicSignals.Evaluation.Baselines;

/// <summary>The platform's incidents, believed without any discount.</summary>
internal static class PlainBelief
{
    public static IEnumerable<Claim> Claims(Decisions decisions, Priors priors)
    {
        foreach (var incident in decisions.Incidents.Where(incident => incident.MergedInto is null))
        {
            var (state, belief) = incident.States.Select(state => (state, priors.Plain(incident.Hazard, state))).MaxBy(pair => pair.Item2);
            yield return new Claim(incident.Hazard, state.Place, state.RadiusM, state.At, belief);
        }
    }
}
