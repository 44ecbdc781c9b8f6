using System.Numerics;

namespace CivicSignals.Benchmarks.Load;

/// <summary>Counts durations in buckets of at most 1/32 of their value, from a microsecond up. Not thread-safe: one per connection, then merged.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;
    private readonly long[] _counts = new long[SubBuckets * 40];

    public long Count { get; private set; }

    public void Record(TimeSpan duration)
    {
        var us = (ulong)Math.Max(0, duration.Ticks / TimeSpan.TicksPerMicrosecond);
        _counts[Math.Min(Bucket(us), _counts.Length - 1)]++;
        Count++;
    }

    public void Merge(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>The duration that so large a share stays within; zero when nothing was counted.</summary>
    public TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        for (var i = 0; i < _counts.Length && Count > 0; i++)
        {
            if ((rank -= _counts[i]) <= 0)
                return TimeSpan.FromMicroseconds(UpperBound(i));
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(ulong us)
    {
        var shift = Math.Max(0, BitOperations.Log2(us | 1) - SubBits);
        return (shift * SubBuckets) + (int)(us >> shift);
    }

    private static long UpperBound(int bucket)
    {
        var shift = Math.Max(0, (bucket / SubBuckets) - 1);
        return (long)(bucket - (shift * SubBuckets) + 1) << shift;
    }
}
