using CivicSignals.Evaluation.Days;

namespace CivicSignals.Evaluation.Scoring;

/// <summary>Precision and recall at every threshold on the claims' scores.</summary>
/// <param name="Points">From the highest threshold to the lowest: recall never falls.</param>
internal sealed record Curve(IReadOnlyList<CurvePoint> Points)
{
    /// <summary>Over some days; <paramref name="wanted"/>: the incidents that recall is about.</summary>
    public static Curve Of(IEnumerable<Matching> days, Func<TrueIncident, bool> wanted)
    {
        var steps = new List<(double Score, bool IsTrue, TrueIncident? Found)>();
        var all = 0;
        foreach (var matching in days)
        {
            var truths = matching.Truths.Where(wanted).ToHashSet();
            all += truths.Count;
            foreach (var matched in matching.Claims)
                steps.Add((matched.Claim.Score, matched.IsTrue, matched.Fit == Fit.Same && truths.Contains(matched.Truth!) ? matched.Truth : null));
        }

        var (points, found, right, claims) = (new List<CurvePoint>(), new HashSet<TrueIncident>(ReferenceEqualityComparer.Instance), 0, 0);
        foreach (var step in steps.GroupBy(step => step.Score).OrderByDescending(group => group.Key))
        {
            foreach (var (_, isTrue, truth) in step)
            {
                claims++;
                right += isTrue ? 1 : 0;
                if (truth is not null)
                    found.Add(truth);
            }

            points.Add(new CurvePoint(step.Key, (double)right / claims, all == 0 ? double.NaN : (double)found.Count / all));
        }

        return new Curve(points);
    }

    /// <summary>The best precision at a recall or more; null: it is never reached.</summary>
    public double? PrecisionAt(double recall) =>
        Points.Where(point => point.Recall >= recall).Select(point => (double?)point.Precision).Max();
}

/// <summary>One threshold.</summary>
internal readonly record struct CurvePoint(double Threshold, double Precision, double Recall);
