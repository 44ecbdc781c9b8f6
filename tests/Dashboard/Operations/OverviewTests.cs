using CivicSignals.Accounting;
using CivicSignals.Dashboard.Operations;
using CivicSignals.Deliveries;
using CivicSignals.Feeds;
using CivicSignals.Silos;

namespace CivicSignals.Tests.Dashboard.Operations;

public sealed class OverviewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_SeveralSilos_AddsUpTheirAccounts()
    {
        var totals = Overview.Of([Silo("a", Account(10, ("not-json", 2))), Silo("b", Account(20, ("not-json", 3), ("too-large", 1)))]).Totals;

        Assert.Equal((30, 24, 6), (totals.Received, totals.Evidence, totals.Rejected));
        Assert.Equal([("not-json", 5), ("too-large", 1)], totals.RejectedByReason.Select(reason => (reason.Key, reason.Value)));
    }

    [Fact]
    public void Of_ASiloThatSettledMoreThanItReceived_IsNotMadeUpForByAnother()
    {
        var tooMany = Account(10) with { Evidence = 13 };
        var underWay = Account(10) with { Evidence = 5 };

        Assert.Equal(3, Overview.Of([Silo("a", tooMany), Silo("b", underWay)]).Excess);
        Assert.Equal(0, Overview.Of([Silo("b", underWay)]).Excess);
    }

    [Fact]
    public void Of_SeveralSilos_ShowsTheNewestThatAnyRejectedAndTheAccountsThatAnyTells()
    {
        var overview = Overview.Of(
        [
            Silo("a", Account(0)) with { Rejected = [Letter(3), Letter(1)], Deliveries = [new("mastodon/x", 1)] },
            Silo("b", Account(0)) with { Rejected = [.. Enumerable.Repeat(Letter(2), SiloReport.MostRejected)], Deliveries = [new("bluesky/y")] },
        ]);

        Assert.Equal([Letter(3), .. Enumerable.Repeat(Letter(2), SiloReport.MostRejected - 1)], overview.Rejected);
        Assert.Equal([new DeliveryState("bluesky/y"), new("mastodon/x", 1)], overview.Deliveries);
    }

    [Fact]
    public void Of_SeveralSilos_ShowsAFeedAsTheOneFoundItThatReadsIt()
    {
        var (never, before, now) = (new FeedState("roads", "datex2"), new FeedState("roads", "datex2") { Polls = 9 }, new FeedState("roads", "datex2") { Polls = 1 });
        var other = new FeedState("waze", "waze");

        var feeds = Overview.Of(
        [
            Silo("a", Account(0)) with { Feeds = [other, never] },
            Silo("b", Account(0)) with { Feeds = [other, before], Duties = ["feed roads"], At = Noon.AddMinutes(-1) },
            Silo("c", Account(0)) with { Feeds = [other, now], Duties = ["feed roads"] },
        ]).Feeds;

        Assert.Equal([new(other, false), new FeedView(now, true)], feeds);
    }

    [Fact]
    public void Of_SeveralSilos_SaysHowLateAllAre()
    {
        var (quick, slow) = (new LatencyRecord(), new LatencyRecord());
        quick.Record(TimeSpan.FromMilliseconds(0.9));
        slow.Record(TimeSpan.FromMilliseconds(30));

        var overview = Overview.Of([Silo("a", Account(0)) with { Alerts = quick.Read() }, Silo("b", Account(0)) with { Alerts = slow.Read(), Commits = slow.Read() }]);

        Assert.Equal((2, TimeSpan.FromMilliseconds(32)), (overview.Alerts.Count, overview.Alerts.Within(0.99)));
        Assert.Equal(1, overview.Commits.Count);
    }

    private static MessageTotals Account(long received, params (string Reason, long Count)[] rejected) => new(
        received, received - rejected.Sum(one => one.Count), 0, 0, rejected.ToDictionary(one => one.Reason, one => one.Count), new Dictionary<string, long>());

    private static DeadLetter Letter(int minute) => new(Noon.AddMinutes(minute), "mqtt", "homes/gw1/x", 3, "not-json", "");

    private static SiloReport Silo(string name, MessageTotals messages) => new()
    {
        Silo = name,
        StartedAt = Noon,
        At = Noon,
        Areas = 0,
        Messages = messages,
        Alerts = new LatencyRecord().Read(),
        Commits = new LatencyRecord().Read(),
        Duties = [],
    };
}
