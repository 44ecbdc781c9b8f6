using CivicSignals.Evaluation.Days;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>Which claims are about which true incidents. Every claim and every incident is in the result.</summary>
internal sealed class Matching
{
    private readonly Dictionary<string, List<Matched>> _byTruth = new(StringComparer.Ordinal);

    private Matching(IReadOnlyList<Matched> claims, IReadOnlyList<TrueIncident> truths)
    {
        (Claims, Truths) = (claims, truths);
        foreach (var matched in claims.Where(matched => matched.IsTrue))
        {
            if (!_byTruth.TryGetValue(matched.Truth!.Id, out var list))
                _byTruth.Add(matched.Truth.Id, list = []);
            list.Add(matched);
        }
    }

    public IReadOnlyList<Matched> Claims { get; }

    public IReadOnlyList<TrueIncident> Truths { get; }

    /// <summary>The claims about an incident, the first told first.</summary>
    public IReadOnlyList<Matched> About(TrueIncident truth) => _byTruth.GetValueOrDefault(truth.Id) ?? [];

    /// <summary>The first claim that names an incident's own hazard, or null: it was missed.</summary>
    public Matched? Detection(TrueIncident truth) => About(truth).FirstOrDefault(matched => matched.Fit == Fit.Same);

    /// <summary>The same incidents with some of the claims only.</summary>
    public Matching Where(Func<Matched, bool> which) => new([.. Claims.Where(which)], Truths);

    /// <summary>Gives each claim the incident that it fits best: the same hazard before what comes with it, the nearest then.</summary>
    public static Matching Of(IEnumerable<Claim> claims, IReadOnlyList<TrueIncident> truths)
    {
        var matched = new List<Matched>();
        foreach (var claim in claims.OrderBy(claim => claim.At))
        {
            TrueIncident? best = null;
            var bestKey = (Fit: Fit.None, Nearness: double.MinValue);
            foreach (var truth in truths)
            {
                var key = (MatchRule.Of(truth, claim.Hazard, claim.Place, claim.RadiusM, claim.At), -claim.Place.MetresTo(truth.Place));
                if (key.Item1 != Fit.None && key.CompareTo(bestKey) > 0)
                    (best, bestKey) = (truth, key);
            }

            matched.Add(new Matched(claim, best, bestKey.Fit));
        }

        return new Matching(matched, truths);
    }
}
