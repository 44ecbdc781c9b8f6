using System.Net;
using System.Xml.Linq;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Feeds;

public sealed class AtomFeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace GeoRss = "http://www.georss.org/georss";

    [Fact]
    public async Task Feed_OneAlert_HasWhatReadersAndAlertHubsNeed()
    {
        await using var site = await Site.StartAsync(null, ("Http:PublicUrl", "https://signals.example"));
        site.Ledger.Append(Entries.Entry(Entries.Alert(headline: "Fire & smoke <in> Lache")));
        using var response = await site.Http.GetAsync("/n/lache/feed.atom");
        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType?.MediaType);
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Equal("tag:civic-signals.example,2026:n/lache", feed.Element(Atom + "id")?.Value);
        Assert.Equal("https://signals.example/n/lache/feed.atom", Link(feed, "self", "application/atom+xml"));
        Assert.Equal("https://signals.example/n/lache", Link(feed, "alternate", "text/html"));
        Assert.NotNull(feed.Element(Atom + "author")?.Element(Atom + "name"));
        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        Assert.Equal("Fire & smoke <in> Lache", entry.Element(Atom + "title")?.Value);
        Assert.Equal("https://signals.example/alerts/a1", Link(entry, "alternate", "text/html"));
        Assert.Equal("https://signals.example/alerts/a1.cap", Link(entry, "related", "application/cap+xml"));
        Assert.Equal("53.03 -3 53.03 -2.97 53.07 -2.97 53.07 -3 53.03 -3", entry.Element(GeoRss + "polygon")?.Value);
        Assert.Contains("call 999", entry.Element(Atom + "summary")?.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_NewVersion_KeepsTheIdAndMovesUpdated()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        var before = await FeedAsync(site, "lache");
        site.Ledger.Append(Entries.Entry(Entries.Alert(version: 2, ended: Outcome.AllClear)));
        var after = await FeedAsync(site, "lache");
        var (old, now) = (Assert.Single(before.Elements(Atom + "entry")), Assert.Single(after.Elements(Atom + "entry")));
        Assert.Equal(old.Element(Atom + "id")?.Value, now.Element(Atom + "id")?.Value);
        Assert.Equal(old.Element(Atom + "published")?.Value, now.Element(Atom + "published")?.Value);
        Assert.Equal("2026-01-10T08:01:02.120Z", old.Element(Atom + "updated")?.Value);
        Assert.Equal("2026-01-10T08:02:02.120Z", now.Element(Atom + "updated")?.Value);
        Assert.Equal("2026-01-10T08:02:02.120Z", after.Element(Atom + "updated")?.Value);
    }

    [Fact]
    public async Task Feed_ManyAlerts_HasTheLastFiftyOfItsNeighbourhoodAndNothingElse()
    {
        await using var site = await Site.StartAsync();
        for (var i = 0; i < 60; i++)
        {
            site.Ledger.Append(Entries.Entry(Entries.Alert($"p{i}")));
            site.Ledger.Append(Entries.Entry(Entries.Alert($"c{i}", audience: Audience.ControlRoom)));
            site.Ledger.Append(Entries.Entry(Entries.Alert($"o{i}", slug: "hoole-newton")));
        }

        var ids = (await FeedAsync(site, "lache")).Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")?.Value);
        Assert.Equal(Enumerable.Range(10, 50).Reverse().Select(i => $"tag:civic-signals.example,2026:alerts/p{i}"), ids);
    }

    [Fact]
    public async Task Feed_PlaceOnARoad_HasAPoint()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Entry(Entries.Alert(hazard: Hazard.RoadCrash, radiusM: 100)));
        var entry = Assert.Single((await FeedAsync(site, "lache")).Elements(Atom + "entry"));
        Assert.Equal("53.05 -2.99", entry.Element(GeoRss + "point")?.Value);
    }

    [Fact]
    public async Task Feed_Exercise_SaysSoFirst()
    {
        await using var site = await Site.StartAsync(null, ("Cap:Status", "Exercise"));
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        var entry = Assert.Single((await FeedAsync(site, "lache")).Elements(Atom + "entry"));
        Assert.Equal("Exercise: Fire in Lache", entry.Element(Atom + "title")?.Value);
    }

    [Fact]
    public async Task Feed_WithoutAlerts_IsStillAFeed()
    {
        await using var site = await Site.StartAsync();
        var feed = await FeedAsync(site, "hoole-newton");
        Assert.Equal("Alerts in Hoole & <Newton>", feed.Element(Atom + "title")?.Value);
        Assert.NotNull(feed.Element(Atom + "updated"));
        Assert.Empty(feed.Elements(Atom + "entry"));
    }

    [Fact]
    public async Task Feed_AskedAgain_IsNotModifiedUntilItIs()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        using var first = await site.Http.GetAsync("/n/lache/feed.atom");
        site.Ledger.Append(Entries.Entry(Entries.Alert("elsewhere", slug: "hoole-newton")));
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());
        site.Ledger.Append(Entries.Entry(Entries.Alert(version: 2)));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync());

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/n/lache/feed.atom");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var response = await site.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Feed_HeadAndUnknown_AnswerAsTheyShould()
    {
        await using var site = await Site.StartAsync();
        using var head = await site.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/n/lache/feed.atom"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Http.GetAsync("/n/nowhere/feed.atom")).StatusCode);
    }

    private static async Task<XElement> FeedAsync(Site site, string slug) => XDocument.Parse(await site.Http.GetStringAsync($"/n/{slug}/feed.atom")).Root!;

    private static string? Link(XElement parent, string relation, string type) => parent.Elements(Atom + "link")
        .Single(link => link.Attribute("rel")?.Value == relation && link.Attribute("type")?.Value == type).Attribute("href")?.Value;
}
