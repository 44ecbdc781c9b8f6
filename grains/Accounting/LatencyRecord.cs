namespace CivicSignals.Accounting;

/// <summary>Durations since start. All members are thread-safe; to record allocates nothing.</summary>
public sealed class LatencyRecord
{
    private readonly long[] _counts = new long[LatencyCounts.Buckets];

    /// <summary>Adds one duration; a negative one counts as 0.</summary>
    public void Record(TimeSpan duration)
    {
        var bucket = 0;
        for (var bound = LatencyCounts.First; bucket < LatencyCounts.Buckets - 1 && duration > bound; bound *= 2)
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
    }

    /// <summary>What was recorded so far.</summary>
    public LatencyCounts Read()
    {
        var counts = new long[LatencyCounts.Buckets];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Volatile.Read(ref _counts[i]);
        return new LatencyCounts(counts);
    }
}
