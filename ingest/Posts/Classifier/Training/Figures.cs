namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>How good probabilities are.</summary>
/// <param name="Posts">How many were judged.</param>
/// <param name="MacroF1">F1 at one half, the mean over both answers.</param>
/// <param name="Auc">How often of two posts the one of which it is so has the higher probability.</param>
/// <param name="Brier">Mean squared error.</param>
/// <param name="Ece">Expected calibration error over ten bins of equal size.</param>
internal sealed record Figures(int Posts, double MacroF1, double Auc, double Brier, double Ece)
{
    private const int Bins = 10;

    public static Figures Of(IReadOnlyList<Scored> judged)
    {
        var sorted = judged.OrderBy(one => one.Score).ToArray();
        return new Figures(
            sorted.Length, (F1(sorted, true) + F1(sorted, false)) / 2, AreaUnder(sorted), sorted.Average(one => Math.Pow(one.Score - Number(one.IsSo), 2)), CalibrationError(sorted));
    }

    private static double F1(Scored[] judged, bool of)
    {
        var right = judged.Count(one => one.Score >= 0.5 == of && one.IsSo == of);
        var wrong = judged.Count(one => one.Score >= 0.5 != one.IsSo);
        return 2.0 * right / Math.Max(1, (2.0 * right) + wrong);
    }

    private static double AreaUnder(Scored[] sorted)
    {
        double ranks = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start; end < sorted.Length && sorted[end].Score == sorted[start].Score; end++)
            {
            }

            ranks += (start + 1 + end) / 2.0 * sorted[start..end].Count(one => one.IsSo);
        }

        double so = sorted.Count(one => one.IsSo);
        return (ranks - (so * (so + 1) / 2)) / (so * (sorted.Length - so));
    }

    private static double CalibrationError(Scored[] sorted)
    {
        var error = 0.0;
        for (var bin = 0; bin < Bins; bin++)
        {
            var judged = sorted[(bin * sorted.Length / Bins)..((bin + 1) * sorted.Length / Bins)];
            error += Math.Abs(judged.Sum(one => one.Score - Number(one.IsSo)));
        }

        return error / sorted.Length;
    }

    private static double Number(bool isSo) => isSo ? 1 : 0;
}
