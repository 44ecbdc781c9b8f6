namespace CivicSignals.Evaluation.Scoring;

/// <summary>How well beliefs agree with what was true.</summary>
/// <param name="Count">Forecasts.</param>
/// <param name="BaseRate">Share that was true.</param>
/// <param name="Brier">Mean squared difference of belief and truth.</param>
/// <param name="Skill">1 - Brier / Brier of always saying the base rate; above 0 is better than that.</param>
/// <param name="Ece">Expected calibration error: mean difference of belief and truth over bins, weighted by their size.</param>
/// <param name="Bins">At most ten of equal mass.</param>
internal sealed record Calibration(int Count, double BaseRate, double Brier, double Skill, double Ece, IReadOnlyList<ReliabilityBin> Bins)
{
    public const int BinCount = 10;

    /// <summary>Beliefs below say "no" and are right by the base rate; they would make any model look good.</summary>
    public const double Least = 0.01;

    /// <summary>Of the forecasts above <see cref="Least"/>.</summary>
    public static Calibration Of(IEnumerable<Forecast> forecasts)
    {
        var sorted = forecasts.Where(f => f.Belief > Least).OrderBy(f => f.Belief).ThenBy(f => f.IsReal).ToList();
        if (sorted.Count == 0)
            return new Calibration(0, double.NaN, double.NaN, double.NaN, double.NaN, []);
        var bins = new List<ReliabilityBin>();
        for (var bin = 0; bin < BinCount; bin++)
        {
            var part = sorted[(sorted.Count * bin / BinCount)..(sorted.Count * (bin + 1) / BinCount)];
            if (part.Count > 0)
                bins.Add(new ReliabilityBin(part.Count, part.Average(f => f.Belief), part.Average(f => f.IsReal ? 1.0 : 0)));
        }

        var rate = sorted.Average(f => f.IsReal ? 1.0 : 0);
        var brier = sorted.Average(f => Math.Pow(f.Belief - (f.IsReal ? 1 : 0), 2));
        return new Calibration(
            sorted.Count, rate, brier, 1 - (brier / (rate * (1 - rate))),
            bins.Sum(bin => bin.Count * Math.Abs(bin.Belief - bin.Real)) / sorted.Count, bins);
    }
}

/// <summary>A part of the forecasts: mean belief and share that was true.</summary>
internal readonly record struct ReliabilityBin(int Count, double Belief, double Real);
