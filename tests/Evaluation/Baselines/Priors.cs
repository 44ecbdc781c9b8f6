using CivicSignals.Evaluation.Running;

namespace CivicSignals.Evaluation.Baselines;

/// <summary>
/// The log-odds that each hazard starts with, read off the decision lines: what is left of a belief's log-odds without its evidence's
/// weights. So the baseline needs no file of the platform's.
/// </summary>
internal sealed class Priors
{
    private readonly Dictionary<string, double> _lnOdds;

    private Priors(Dictionary<string, double> lnOdds) => _lnOdds = lnOdds;

    /// <summary>The median over states whose rounded belief still tells; a hazard without one is taken as impossible before evidence.</summary>
    public static Priors Of(IEnumerable<IncidentTrace> incidents) => new(incidents
        .SelectMany(incident => incident.States.Where(state => state.Belief is > 0.001 and < 0.999).Select(state => (incident.Hazard, LnOdds: LnOdds(state.Belief) - state.Evidence.Sum(e => e.LnLr))))
        .GroupBy(found => found.Hazard)
        .ToDictionary(group => group.Key, group => Scoring.Statistics.Quantile(group.Select(found => found.LnOdds), 0.5)));

    /// <summary>What a state would be believed if each piece of evidence counted in full: no decay, no distance, no dependence.</summary>
    public double Plain(string hazard, IncidentState state) => _lnOdds.TryGetValue(hazard, out var prior)
        ? 1 / (1 + Math.Exp(-(prior + state.Evidence.Sum(e => e.FullLnLr))))
        : 0;

    private static double LnOdds(double belief) => Math.Log(belief / (1 - belief));
}
