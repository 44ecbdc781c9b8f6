using CivicSignals.Accounting;

namespace CivicSignals.Tests.Accounting;

public sealed class LatencyRecordTests
{
    [Fact]
    public void Within_NothingRecorded_IsUnknown() => Assert.Null(new LatencyRecord().Read().Within(0.5));

    [Fact]
    public void Within_ShareOfTheDurations_IsTheBoundThatHoldsThem()
    {
        var record = new LatencyRecord();
        for (var i = 0; i < 99; i++)
            record.Record(TimeSpan.FromMilliseconds(0.9));
        record.Record(TimeSpan.FromMilliseconds(30));
        Assert.Equal(100, record.Read().Count);
        Assert.Equal(TimeSpan.FromMilliseconds(1), record.Read().Within(0.5));
        Assert.Equal(TimeSpan.FromMilliseconds(1), record.Read().Within(0.99));
        Assert.Equal(TimeSpan.FromMilliseconds(32), record.Read().Within(1));
    }

    [Fact]
    public void Sum_OfTwo_IsAsIfOneHadRecordedAll()
    {
        var (one, other) = (new LatencyRecord(), new LatencyRecord());
        one.Record(TimeSpan.FromMilliseconds(0.1));
        other.Record(TimeSpan.FromMilliseconds(30));
        other.Record(TimeSpan.FromHours(1));
        var sum = LatencyCounts.Sum([one.Read(), other.Read()]);
        Assert.Equal((3, TimeSpan.FromMilliseconds(0.25), TimeSpan.FromMilliseconds(32), null), (sum.Count, sum.Within(0.3), sum.Within(0.6), sum.Within(1)));
    }

    [Fact]
    public void Record_EndlessDuration_IsCountedAndBeyondAllBounds()
    {
        var record = new LatencyRecord();
        record.Record(TimeSpan.MaxValue);
        record.Record(TimeSpan.FromSeconds(-1));
        Assert.Equal(2, record.Read().Count);
        Assert.Null(record.Read().Within(1));
    }
}
