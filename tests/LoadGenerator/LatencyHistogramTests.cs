using CivicSignals.Benchmarks.Load;

namespace CivicSignals.Tests.LoadGenerator;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_ThousandEvenDurations_IsWithinOneThirtySecond()
    {
        var histogram = new LatencyHistogram();
        for (var n = 1; n <= 1000; n++)
            histogram.Record(TimeSpan.FromMicroseconds(n * 37));

        foreach (var share in new[] { 0.001, 0.1, 0.5, 0.9, 0.99, 1.0 })
        {
            var exact = Math.Ceiling(share * 1000) * 37;
            Assert.InRange(histogram.Percentile(share).TotalMicroseconds, exact, (exact * 33 / 32) + 1);
        }
    }

    [Fact]
    public void Percentile_NothingRecorded_IsZero() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(0.99));

    [Fact]
    public void Merge_TwoHistograms_CountsBoth()
    {
        var (one, two) = (new LatencyHistogram(), new LatencyHistogram());
        one.Record(TimeSpan.FromMilliseconds(1));
        two.Record(TimeSpan.FromSeconds(1));
        one.Merge(two);
        Assert.Equal(2, one.Count);
        Assert.True(one.Percentile(1) >= TimeSpan.FromSeconds(1));
    }
}
