namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>Logistic regression with a quadratic penalty on the weights, not on the bias. Deterministic: nothing is drawn by lot.</summary>
internal static class LogisticRegression
{
    private const int MostSteps = 40; // Further ones change no figure in its third digit.

    /// <returns>The weights, and the bias after them.</returns>
    public static double[] Fit(Rows rows) => Minimiser.Minimise((at, slope) => Loss(rows, at, slope), rows.CueCount + 1, MostSteps);

    private static double Loss(Rows rows, double[] at, double[] slope)
    {
        var (loss, bias) = (0.0, rows.CueCount);
        for (var cue = 0; cue < bias; cue++)
        {
            loss += at[cue] * at[cue] / 2;
            slope[cue] = at[cue];
        }

        slope[bias] = 0;
        for (var row = 0; row < rows.Labels.Length; row++)
        {
            var (start, end) = (rows.Starts[row], rows.Starts[row + 1]);
            var score = at[bias];
            for (var i = start; i < end; i++)
                score += at[rows.Cues[i]] * rows.Values[i];
            var sign = rows.Labels[row] ? 1 : -1;
            var small = Math.Exp(-Math.Abs(score));
            var isRight = score * sign > 0;
            loss += Math.Log(1 + small) + (isRight ? 0 : Math.Abs(score));
            var push = -sign * (isRight ? small : 1) / (1 + small);
            slope[bias] += push;
            for (var i = start; i < end; i++)
                slope[rows.Cues[i]] += push * rows.Values[i];
        }

        return loss;
    }
}
