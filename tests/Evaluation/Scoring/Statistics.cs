namespace CivicSignals.Evaluation.Scoring;

/// <summary>Quantiles, and intervals by resampling days.</summary>
internal static class Statistics
{
    public const int Resamples = 1000;

    /// <summary>The value below which a part of all lie (nearest rank). NaN of nothing; infinity is a value like any other.</summary>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>
    /// A statistic with its 95 % interval: whole days are drawn again with replacement, for what happens in one day hangs together. The same
    /// days give the same interval.
    /// </summary>
    public static Interval Bootstrap<T>(IReadOnlyList<T> days, Func<IReadOnlyList<T>, double> statistic)
    {
        var dice = new Dice(1, "bootstrap");
        var values = new List<double>(Resamples);
        var sample = new T[days.Count];
        for (var i = 0; i < Resamples; i++)
        {
            for (var day = 0; day < sample.Length; day++)
                sample[day] = days[dice.Below(days.Count)];
            if (statistic(sample) is var value && !double.IsNaN(value))
                values.Add(value);
        }

        return new Interval(statistic(days), Quantile(values, 0.025), Quantile(values, 0.975));
    }
}

/// <summary>A value and where it lies with 95 %.</summary>
internal readonly record struct Interval(double Value, double Low, double High)
{
    public string Text(string format = "F3") => double.IsNaN(Value) ? "–" : $"{Show(Value, format)} ({Show(Low, format)}–{Show(High, format)})";

    private static string Show(double value, string format) => double.IsPositiveInfinity(value) ? "never" : double.IsNaN(value) ? "–" : value.ToString(format, null);
}
