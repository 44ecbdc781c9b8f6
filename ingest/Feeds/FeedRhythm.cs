namespace CivicSignals.Ingest.Feeds;

/// <summary>When a feed is asked next: its period, doubled with each failure in a row, with jitter, and never before it wishes.</summary>
/// <param name="every">Its period.</param>
/// <param name="random">Jitter.</param>
internal sealed class FeedRhythm(TimeSpan every, Random random)
{
    /// <summary>A feed that fails is still asked so often, or at its own period where that is longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private const double Jitter = 0.2;
    private const int MostDoublings = 10;

    private int _failures;

    /// <summary>How long to wait after a poll.</summary>
    public TimeSpan After(FeedPollResult result)
    {
        _failures = result.Failure is null ? 0 : Math.Min(_failures + 1, MostDoublings);
        var wait = every * (1 << _failures);
        if (_failures > 0 && wait > Longest)
            wait = every > Longest ? every : Longest;
        wait *= _failures == 0 ? 1 : 1 + (Jitter * ((2 * random.NextDouble()) - 1));
        return result.RetryAfter > wait ? result.RetryAfter.Value : wait;
    }
}
