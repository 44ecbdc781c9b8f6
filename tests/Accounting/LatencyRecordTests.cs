using CivicSignals.Accounting;

namespace CivicSignals.Tests.Accounting;

public sealed class LatencyRecordTests
{
    [Fact]
    public void Within_NothingRecorded_IsUnknown() => Assert.Null(new LatencyRecord().Within(0.5));

    [Fact]
    public void Within_ShareOfTheDurations_IsTheBoundThatHoldsThem()
    {
        var record = new LatencyRecord();
        for (var i = 0; i < 99; i++)
            record.Record(TimeSpan.FromMilliseconds(0.9));
        record.Record(TimeSpan.FromMilliseconds(30));
        Assert.Equal(100, record.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(1), record.Within(0.5));
        Assert.Equal(TimeSpan.FromMilliseconds(1), record.Within(0.99));
        Assert.Equal(TimeSpan.FromMilliseconds(32), record.Within(1));
    }

    [Fact]
    public void Record_EndlessDuration_IsCountedAndBeyondAllBounds()
    {
        var record = new LatencyRecord();
        record.Record(TimeSpan.MaxValue);
        record.Record(TimeSpan.FromSeconds(-1));
        Assert.Equal(2, record.Count);
        Assert.Null(record.Within(1));
    }
}
