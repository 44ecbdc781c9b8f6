using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Learning;

/// <summary>What people's verdicts say of one kind about one hazard.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Hazard">The hazard.</param>
/// <param name="Real">Incidents that it spoke for and that were real.</param>
/// <param name="False">Those that were not.</param>
/// <param name="Expected">How many the model expected to be real: the sum of their beliefs.</param>
/// <param name="Share">0..1: how much of what spoke for them the kind was, on average.</param>
public sealed record KindOutcomes(string Kind, Hazard Hazard, int Real, int False, double Expected, double Share)
{
    public int Count => Real + False;
}

/// <summary>What people's verdicts say of the sources of one prior of <see cref="ReliabilityModel"/>.</summary>
/// <param name="Name">Family, or kind where it has a prior of its own.</param>
/// <param name="Right">How often a source of it spoke for what was real.</param>
/// <param name="Wrong">For what was not.</param>
public sealed record SourceOutcomes(string Name, int Right, int Wrong);

/// <summary>
/// Counts, over recorded incidents that people gave a verdict on, how often each kind and each sort of source was right, and what the model had
/// expected. Pure.
/// </summary>
public sealed class OutcomeTally(FusionModel model)
{
    private readonly Dictionary<string, (double Belief, IReadOnlyList<Weight> Weights)> _peaks = [];
    private readonly SortedDictionary<string, KindOutcomes> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SourceOutcomes> _sources = new(StringComparer.Ordinal);

    /// <summary>Incidents with a verdict.</summary>
    public int Count { get; private set; }

    public IReadOnlyCollection<KindOutcomes> Kinds => _kinds.Values;

    public IReadOnlyCollection<SourceOutcomes> Sources => _sources.Values;

    /// <summary>Takes the moments of the ledger in, in their order.</summary>
    public void Take(RecordedMoment moment)
    {
        var incident = moment.Incident;
        if (incident.Confirmation?.Rule != ConfirmationRule.Operator && incident.Stage == Stage.Open && !incident.Evidence.IsEmpty)
        {
            var judgement = Belief.Of(incident, moment.At, model); // Before a person vouched: what the evidence alone said, at its most.
            if (!_peaks.TryGetValue(incident.Id, out var peak) || judgement.Belief > peak.Belief)
                _peaks[incident.Id] = (judgement.Belief, judgement.Weights);
        }

        if (incident.Stage == Stage.Open || !_peaks.Remove(incident.Id, out var most) || moment.Verdict is not { } verdict)
            return;
        Count++;
        var loudness = most.Weights.Sum(weight => Math.Max(0, weight.LnLr));
        foreach (var kind in most.Weights.Where(weight => weight.LnLr > 0 && weight.Evidence.SpokeFor(incident.Hazard, model)).GroupBy(weight => weight.Evidence.Kind))
            Add(kind.Key, incident.Hazard, verdict, most.Belief, kind.Sum(weight => weight.LnLr) / loudness);
        foreach (var weight in most.Weights.Where(source => source.Evidence.SpokeFor(incident.Hazard, model)))
            Add(model.Reliability.Kinds.ContainsKey(weight.Evidence.Kind) ? weight.Evidence.Kind : weight.Kind!.Family, verdict);
    }

    private void Add(string kind, Hazard hazard, Verdict verdict, double belief, double share)
    {
        var key = $"{kind} {hazard}";
        var sum = _kinds.GetValueOrDefault(key) ?? new KindOutcomes(kind, hazard, 0, 0, 0, 0);
        _kinds[key] = sum with
        {
            Real = sum.Real + (verdict == Verdict.Real ? 1 : 0),
            False = sum.False + (verdict == Verdict.Real ? 0 : 1),
            Expected = sum.Expected + belief,
            Share = sum.Share + ((share - sum.Share) / (sum.Count + 1)),
        };
    }

    private void Add(string name, Verdict verdict)
    {
        var sum = _sources.GetValueOrDefault(name) ?? new SourceOutcomes(name, 0, 0);
        _sources[name] = verdict == Verdict.Real ? sum with { Right = sum.Right + 1 } : sum with { Wrong = sum.Wrong + 1 };
    }
}
