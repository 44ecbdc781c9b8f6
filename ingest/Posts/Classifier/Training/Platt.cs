namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>From a score to ln odds by two numbers (Platt 1999), found by Newton's method.</summary>
/// <param name="Slope">By which the score counts.</param>
/// <param name="Shift">What is added.</param>
internal readonly record struct Platt(double Slope, double Shift)
{
    public double Probability(double score) => 1 / (1 + Math.Exp(-((Slope * score) + Shift)));

    public static Platt Fit(IReadOnlyList<Scored> scored)
    {
        var platt = new Platt(0, 0); // From here every step is downhill; from a steep slope Newton's method may run away.
        for (var i = 0; i < 50; i++)
        {
            double bySlope = 0, byShift = 0, slopes = 1e-9, both = 0, shifts = 1e-9;
            foreach (var (score, isSo) in scored)
            {
                var probability = platt.Probability(score);
                var (off, spread) = (probability - (isSo ? 1 : 0), probability * (1 - probability));
                (bySlope, byShift) = (bySlope + (off * score), byShift + off);
                (slopes, both, shifts) = (slopes + (spread * score * score), both + (spread * score), shifts + spread);
            }

            var area = (slopes * shifts) - (both * both);
            var (slope, shift) = (((shifts * bySlope) - (both * byShift)) / area, ((slopes * byShift) - (both * bySlope)) / area);
            platt = new Platt(platt.Slope - slope, platt.Shift - shift);
            if (Math.Abs(slope) + Math.Abs(shift) < 1e-9)
                break;
        }

        return platt;
    }
}

/// <summary>What a model said of an example, and what is so.</summary>
/// <param name="Score">A score, or a probability.</param>
/// <param name="IsSo">The label.</param>
internal readonly record struct Scored(double Score, bool IsSo);
