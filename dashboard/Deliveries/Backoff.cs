namespace CivicSignals.Dashboard.Deliveries;

/// <summary>How long to wait after failures in a row: a second, doubled each time up to five minutes, shortened by chance by up to half.</summary>
/// <param name="seed">Accounts with different seeds do not come back together.</param>
internal sealed class Backoff(string seed)
{
    private const double LongestSeconds = 300;
    private const int MostDoublings = 9;
    private readonly Random _chance = new(seed.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
    private int _failures;

    /// <summary>One more failure; the wait after it.</summary>
    public TimeSpan Next()
    {
        var seconds = Math.Min(LongestSeconds, 1 << Math.Min(_failures++, MostDoublings));
        return TimeSpan.FromSeconds(seconds * (0.5 + (_chance.NextDouble() / 2)));
    }

    /// <summary>It succeeded.</summary>
    public void Reset() => _failures = 0;
}
