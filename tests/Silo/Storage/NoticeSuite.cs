using CivicSignals.Ledger;
using CivicSignals.Notices;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every store of notices and of feeds' items must do.</summary>
public abstract class NoticeSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    private static readonly (double, double)[] Square = [(53.04, -3.0), (53.04, -2.98), (53.06, -2.98), (53.06, -3.0), (53.04, -3.0)];

    [Fact]
    public async Task SaveAsync_AfterReopening_IsAsWritten()
    {
        var notice = Notice("a") with { Onset = T0.AddHours(1), Link = "https://x.example/1", EndedAt = T0.AddMinutes(5) };
        await Notices.SaveAsync([notice, Notice("b") with { Areas = [] }], T0);
        await CloseAsync();
        await OpenAsync();

        var kept = await Notices.OfFeedAsync("f", 10, default);
        Assert.Equal(["a", "b"], kept.Select(one => one.Id).Order());
        var first = kept.Single(one => one.Id == "a");
        Assert.Equal(notice with { Areas = first.Areas }, first);
        Assert.Equal(Square, Assert.Single(first.Areas));
        Assert.Empty(kept.Single(one => one.Id == "b").Areas);
    }

    [Fact]
    public async Task SaveAsync_AgainUnderItsId_Replaces()
    {
        await Notices.SaveAsync([Notice("a")], T0);
        await Notices.SaveAsync([Notice("a") with { Headline = "Newer", Sent = T0.AddMinutes(1) }], T0);
        Assert.Equal("Newer", Assert.Single(await Notices.OfFeedAsync("f", 10, default)).Headline);
    }

    [Fact]
    public async Task CurrentAsync_EndedOrExpired_IsNoLongerInForce()
    {
        await Notices.SaveAsync([Notice("on"), Notice("over") with { EndedAt = T0 }, Notice("expired") with { Expires = T0 }, Notice("later") with { Sent = T0.AddMinutes(1) }], T0);
        Assert.Equal(["later", "on"], await IdsAsync(null));
        Assert.Equal(["later"], (await Notices.CurrentAsync(null, T0, 1, default)).Select(notice => notice.Id));
    }

    [Theory]
    [InlineData(53.05, -2.99, 53.1, -2.9, true)]
    [InlineData(53.0, -3.1, 53.04, -3.0, true)]
    [InlineData(53.07, -3.1, 53.2, -2.9, false)]
    [InlineData(53.0, -2.97, 53.1, -2.9, false)]
    public async Task CurrentAsync_Box_HoldsWhatTouchesIt(double south, double west, double north, double east, bool held)
    {
        await Notices.SaveAsync([Notice("a"), Notice("nowhere") with { Areas = [] }], T0);
        Assert.Equal(held ? ["a"] : [], await IdsAsync((south, west, north, east)));
    }

    [Fact]
    public async Task SaveAsync_LongOver_IsDropped()
    {
        await Notices.SaveAsync([Notice("old") with { EndedAt = T0 }, Notice("open")], T0);
        var later = T0 + INoticeStore.KeptFor + TimeSpan.FromHours(1);
        await Notices.SaveAsync([Notice("new") with { Expires = later.AddDays(1) }], later);
        Assert.Equal(["new", "open"], (await Notices.OfFeedAsync("f", 10, default)).Select(notice => notice.Id).Order());
    }

    [Fact]
    public async Task FeedItems_BegunAndEnded_AreWhatGoesOnAfterReopening()
    {
        var (a, b) = (Item("a"), Item("b") with { ValidUntil = T0.AddHours(1), Group = "g" });
        await FeedItems.WriteAsync("f", [a, b], []);
        await FeedItems.WriteAsync("other", [a], []);
        await FeedItems.WriteAsync("f", [b with { Kind = "official.crash" }], [a]);
        await CloseAsync();
        await OpenAsync();

        Assert.Equal([b with { Kind = "official.crash" }], await FeedItems.GoingOnAsync("f", default));
        Assert.Equal([a], await FeedItems.GoingOnAsync("other", default));
        Assert.Empty(await FeedItems.GoingOnAsync("none", default));
    }

    private async Task<IEnumerable<string>> IdsAsync((double, double, double, double)? box) =>
        (await Notices.CurrentAsync(box, T0, 10, default)).Select(notice => notice.Id);

    private static Notice Notice(string id) => new()
    {
        Id = id,
        Feed = "f",
        Issuer = "Environment Agency",
        Headline = "Flood warning",
        Event = "Flood",
        Severity = "Severe",
        Urgency = "Immediate",
        Certainty = "Likely",
        Expires = T0.AddDays(2),
        AreaDescription = "River Alyn",
        Areas = [Square],
        Identifier = $"i-{id}",
        Sender = "ea",
        Sent = T0,
    };

    private static Signal Item(string source) => new()
    {
        Source = source,
        Kind = "official.flood",
        Active = true,
        Event = "e",
        Place = new Place(53.05, -2.99, 100),
        ObservedAt = T0,
        ReceivedAt = T0.AddSeconds(1),
    };
}
