namespace CivicSignals.Evaluation;

/// <summary>Chance from a seed: the same on every machine and in every version of the platform (xoshiro256**, seeded by SplitMix64).</summary>
internal sealed class Dice
{
    private ulong _a, _b, _c, _d;

    /// <param name="seed">The day's.</param>
    /// <param name="theme">What is drawn. Each theme has its own sequence, so that one disturbance more changes nothing else.</param>
    public Dice(int seed, string theme)
    {
        var state = (ulong)(uint)seed * 0x9E3779B97F4A7C15;
        foreach (var letter in theme)
            state = (state ^ letter) * 0x100000001B3;
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    /// <summary>0 inclusive to 1 exclusive.</summary>
    public double Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return (result >> 11) * (1.0 / (1UL << 53));
    }

    public bool Chance(double probability) => Next() < probability;

    public double Between(double from, double to) => from + ((to - from) * Next());

    /// <summary>0 inclusive to a number exclusive.</summary>
    public int Below(int number) => (int)(Next() * number);

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    /// <summary>Log-normal by its median; <paramref name="spread"/> is the standard deviation of its logarithm.</summary>
    public double LogNormal(double median, double spread) => median * Math.Exp(spread * Normal());

    public double Exponential(double mean) => -mean * Math.Log(1 - Next());

    /// <summary>How many, when so many are expected.</summary>
    public int Poisson(double mean)
    {
        if (mean > 30)
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        var (count, product, limit) = (0, Next(), Math.Exp(-mean));
        while (product > limit)
        {
            count++;
            product *= Next();
        }

        return count;
    }

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
