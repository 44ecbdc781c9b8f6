namespace CivicSignals.Accounting;

/// <summary>Durations since start, in buckets that double. All members are thread-safe and allocate nothing but the answer.</summary>
public sealed class LatencyRecord
{
    /// <summary>Upper bounds of the buckets, seconds: 0.25 ms to about two minutes; the last one is open.</summary>
    private const double FirstBound = 0.00025;
    private const int Buckets = 20;

    private readonly long[] _counts = new long[Buckets];

    /// <summary>How many were recorded.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var i = 0; i < Buckets; i++)
                count += Volatile.Read(ref _counts[i]);
            return count;
        }
    }

    /// <summary>Adds one duration; a negative one counts as 0.</summary>
    public void Record(TimeSpan duration)
    {
        var bucket = 0;
        for (var bound = FirstBound; bucket < Buckets - 1 && duration.TotalSeconds > bound; bound *= 2)
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
    }

    /// <summary>The bound that a share of the durations stays within, or null when none was recorded or it is beyond two minutes.</summary>
    /// <param name="share">0..1, such as 0.99.</param>
    public TimeSpan? Within(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var bound = FirstBound;
        for (var i = 0; i < Buckets - 1; i++, bound *= 2)
        {
            wanted -= Volatile.Read(ref _counts[i]);
            if (wanted <= 0)
                return TimeSpan.FromSeconds(bound);
        }

        return null;
    }
}
