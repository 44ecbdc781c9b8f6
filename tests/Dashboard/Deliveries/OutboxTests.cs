using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Incidents;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Deliveries;

public sealed class OutboxTests
{
    [Fact]
    public void Next_UpdatesAndEnds_IsTheEndAndThenTheLongestWaiting()
    {
        var outbox = new Outbox(0);
        outbox.Add(1, Entries.Alert("a"));
        outbox.Add(2, Entries.Alert("b"));
        outbox.Add(3, Entries.Alert("c", 2, ended: Outcome.Expired));
        Assert.Equal("c", outbox.Next!.Id);
        outbox.Remove("c");
        Assert.Equal("a", outbox.Next!.Id);
    }

    [Fact]
    public void Next_EndThatFailsAgainAndAgain_LetsOthersGoBefore()
    {
        var outbox = new Outbox(0);
        outbox.Add(1, Entries.Alert("a"));
        outbox.Add(2, Entries.Alert("b", 2, ended: Outcome.Expired));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("b", outbox.Next!.Id);
            outbox.Fail("b");
        }

        Assert.Equal("a", outbox.Next!.Id);
    }

    [Fact]
    public void Settled_SomeWait_IsBeforeTheFirstThatDoes()
    {
        var outbox = new Outbox(4);
        Assert.Equal(4, outbox.Settled);
        outbox.Add(6, Entries.Alert("a"));
        outbox.Add(8, Entries.Alert("b"));
        outbox.Add(9, Entries.Alert("a", 2));
        outbox.ReadUpTo(12);
        Assert.Equal(5, outbox.Settled);
        Assert.Equal((2, 2), (outbox.Count, outbox.Next!.Version));
        outbox.Remove("a");
        Assert.Equal(7, outbox.Settled);
        outbox.Remove("b");
        Assert.Equal(12, outbox.Settled);
        Assert.Null(outbox.Next);
    }
}
