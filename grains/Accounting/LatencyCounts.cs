namespace CivicSignals.Accounting;

/// <summary>How long things took, counted in buckets that double.</summary>
/// <param name="Counts">For each bucket, how many: bounds of 0.25 ms to about two minutes, and one beyond.</param>
[GenerateSerializer, Immutable, Alias("latency-counts")]
public sealed record LatencyCounts([property: Id(0)] IReadOnlyList<long> Counts)
{
    /// <summary>How many buckets there are; the last one is open.</summary>
    internal const int Buckets = 20;

    /// <summary>Upper bound of the first bucket.</summary>
    internal static readonly TimeSpan First = TimeSpan.FromMilliseconds(0.25);

    /// <summary>How many there were.</summary>
    public long Count => Counts.Sum();

    /// <summary>All of several.</summary>
    public static LatencyCounts Sum(IReadOnlyCollection<LatencyCounts> parts) => new([.. Enumerable.Range(0, Buckets).Select(bucket => parts.Sum(part => part.Counts[bucket]))]);

    /// <summary>The bound that a share of them stays within, or null when there were none or it is beyond two minutes.</summary>
    /// <param name="share">0..1, such as 0.99.</param>
    public TimeSpan? Within(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var bound = First;
        foreach (var count in Counts.SkipLast(1))
        {
            wanted -= count;
            if (wanted <= 0)
                return bound;
            bound *= 2;
        }

        return null;
    }
}
