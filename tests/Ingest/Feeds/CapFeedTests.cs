using CivicSignals.Ingest.Feeds;
using CivicSignals.Notices;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest.Feeds;

public sealed class CapFeedTests : IAsyncLifetime
{
    private const string Ea = "www.gov.uk/environment-agency";

    private FeedBench _bench = null!;
    private IFeedFormat _format = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await FeedBench.StartAsync();
        _format = _bench.Format(_bench.Server.Feed("cap"));
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Read_FloodWarning_IsEvidenceAndANotice()
    {
        var signal = Assert.Single(await SignalsAsync(CapSamples.Embedded(CapSamples.Alert())));
        Assert.Equal("official.flood", signal.Kind);
        Assert.Equal(53.05, signal.Place.Lat, 4);
        Assert.Equal(-2.99, signal.Place.Lon, 4);
        Assert.InRange(signal.Place.UncertaintyM, 1200, 1400);
        Assert.Equal(new DateTimeOffset(2026, 1, 11, 8, 0, 0, TimeSpan.Zero), signal.ValidUntil);
        var notice = Assert.Single(_bench.Notices.All);
        Assert.Equal(("Environment Agency", "Flood warning", "Severe", "Immediate", "Likely"), (notice.Issuer, notice.Event, notice.Severity, notice.Urgency, notice.Certainty));
        Assert.Equal("Flood warning for the River Alyn at Rossett", notice.Headline);
        Assert.Equal("River Alyn at Rossett", notice.AreaDescription);
        Assert.Equal("https://check-for-flooding.example/target-area/1", notice.Link);
        Assert.Equal(5, Assert.Single(notice.Areas).Count);
        Assert.Equal($"cap/{notice.Id}", signal.Source);
    }

    [Theory]
    [InlineData("Flood alert", "Met", "-")]
    [InlineData("Flood Warning", "Met", "official.flood")]
    [InlineData("Severe flood warning", "Met", "official.flood")]
    [InlineData("Yellow warning of wind", "Met", "-")]
    [InlineData("Yellow warning of rain, flooding likely", "Met", "official.flood")]
    [InlineData("Structure fire", "Fire", "official.fire")]
    [InlineData("Wildfire", "Fire", "official.fire")]
    [InlineData("Fire weather watch", "Fire", "-")]
    [InlineData("Gas leak", "Safety", "official.gas")]
    [InlineData("Gasoline shortage", "Other", "-")]
    [InlineData("Explosion", "Fire", "official.fire")]
    [InlineData("Missing person", "Rescue", "-")]
    public async Task Read_EventAndCategory_DecideWhatItIsEvidenceOf(string happening, string category, string says)
    {
        Assert.Equal(says, await SaysAsync(CapSamples.Embedded(CapSamples.Alert(happening: happening, category: category))));
        Assert.Single(_bench.Notices.All);
    }

    [Theory]
    [InlineData("Exercise", "Public")]
    [InlineData("Test", "Public")]
    [InlineData("Draft", "Public")]
    [InlineData("System", "Public")]
    [InlineData("Actual", "Restricted")]
    [InlineData("Actual", "Private")]
    public async Task Read_NotActualOrNotPublic_IsNothing(string status, string scope)
    {
        Assert.Equal("-", await SaysAsync(CapSamples.Embedded(CapSamples.Alert(status: status, scope: scope))));
        Assert.Empty(_bench.Notices.All);
    }

    [Fact]
    public async Task Read_WhatIsOnlyToBeExpected_IsANoticeAndNoEvidence()
    {
        string[] bodies =
        [
            CapSamples.Alert(urgency: "Future"), CapSamples.Alert(certainty: "Possible"), CapSamples.Alert(certainty: "Unlikely"),
            CapSamples.Alert(onset: "2026-01-10T12:00:00+00:00"), CapSamples.Alert(area: "<circle>53.05,-2.99 8</circle>"), CapSamples.Alert(area: ""),
        ];
        foreach (var body in bodies)
            Assert.Equal("-", await SaysAsync(CapSamples.Embedded(body)));
        Assert.All(_bench.Notices.All, notice => Assert.Null(notice.EndedAt));
    }

    [Fact]
    public async Task Read_OnsetHasCome_BecomesEvidence()
    {
        var body = CapSamples.Embedded(CapSamples.Alert(onset: "2026-01-10T09:00:00+00:00"));
        Assert.Equal("-", await SaysAsync(body));
        _bench.Ingest.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("official.flood", await SaysAsync(body));
    }

    [Fact]
    public async Task Read_Circle_IsARingOfItsRadius()
    {
        var signal = Assert.Single(await SignalsAsync(CapSamples.Embedded(CapSamples.Alert(area: "<circle>53.05,-2.99 0.5</circle>"))));
        Assert.Equal(500, signal.Place.UncertaintyM, 0);
        Assert.Equal(33, Assert.Single(Assert.Single(_bench.Notices.All).Areas).Count);
    }

    [Fact]
    public async Task Read_CodesAlone_TakeTheFeedsOwnShape()
    {
        var entry = $"<georss:polygon>53.04 -3 53.04 -2.98 53.06 -2.98 53.04 -3</georss:polygon><content type=\"text/xml\">{CapSamples.Alert(area: "")}</content>";
        Assert.Equal("official.flood", await SaysAsync(CapSamples.Atom([("e1", entry)])));
        Assert.Equal(4, Assert.Single(Assert.Single(_bench.Notices.All).Areas).Count);
    }

    [Fact]
    public async Task Read_Update_ReplacesInPlaceWithoutANewSource()
    {
        var first = Assert.Single(await SignalsAsync(CapSamples.Embedded(CapSamples.Alert())));
        var update = CapSamples.Alert("ea-2", "2026-01-10T07:55:00+00:00", "Update", $"{Ea},ea-1,2026-01-10T07:50:00+00:00", headline: "Water is rising", expires: "2026-01-12T08:00:00+00:00");
        var second = Assert.Single(await SignalsAsync(CapSamples.Embedded(CapSamples.Alert(), update)));
        var third = CapSamples.Alert("ea-3", "2026-01-10T07:57:00+00:00", "Update", $"{Ea},ea-2,2026-01-10T07:55:00+00:00", headline: "Water is still rising");
        _format = _bench.Format(_bench.Server.Feed("cap")); // As after a restart: what was referred to is known from disk.
        var last = Assert.Single(await SignalsAsync(CapSamples.Embedded(third)));

        Assert.Equal((first.Source, first.Event), (second.Source, second.Event));
        Assert.Equal((first.Source, first.Event), (last.Source, last.Event));
        Assert.True(second.ValidUntil > first.ValidUntil);
        Assert.Equal("Water is still rising", Assert.Single(_bench.Notices.All).Headline);
    }

    [Fact]
    public async Task Read_InAnyOrderAndAgain_TheLastSentHolds()
    {
        var update = CapSamples.Alert("ea-2", "2026-01-10T07:55:00+00:00", "Update", $"{Ea},ea-1,2026-01-10T07:50:00+00:00", headline: "Water is rising");
        Assert.Equal("official.flood -", await SaysAsync(CapSamples.Embedded(update, CapSamples.Alert())));
        Assert.Equal("- official.flood", await SaysAsync(CapSamples.Embedded(CapSamples.Alert(), update)));
        Assert.Equal("-", await SaysAsync(CapSamples.Embedded(CapSamples.Alert()))); // A stale copy of the feed.
        Assert.Equal("Water is rising", Assert.Single(_bench.Notices.All).Headline);
    }

    [Fact]
    public async Task Read_Cancel_EndsItForGood()
    {
        await SaysAsync(CapSamples.Embedded(CapSamples.Alert()));
        Assert.Equal("- -", await SaysAsync(CapSamples.Embedded(CapSamples.Alert(), CapSamples.Cancel())));
        _format = _bench.Format(_bench.Server.Feed("cap"));
        Assert.Equal("-", await SaysAsync(CapSamples.Embedded(CapSamples.Alert())));
        Assert.NotNull(Assert.Single(_bench.Notices.All).EndedAt);
    }

    [Fact]
    public async Task Read_CancelByAnother_ChangesNothing()
    {
        var foreign = CapSamples.Cancel().Replace($"<sender>{Ea}", "<sender>someone.example", StringComparison.Ordinal);
        Assert.Equal("official.flood -", await SaysAsync(CapSamples.Embedded(CapSamples.Alert(), foreign)));
        Assert.Null(Assert.Single(_bench.Notices.All).EndedAt);
    }

    [Theory]
    [InlineData("<responseType>AllClear</responseType>", "Immediate")]
    [InlineData("", "Past")]
    public async Task Read_UpdateThatSaysItIsOver_EndsIt(string more, string urgency)
    {
        await SaysAsync(CapSamples.Embedded(CapSamples.Alert()));
        var over = CapSamples.Alert("ea-2", "2026-01-10T07:55:00+00:00", "Update", $"{Ea},ea-1,2026-01-10T07:50:00+00:00", more: more, urgency: urgency);
        Assert.Equal("-", await SaysAsync(CapSamples.Embedded(over)));
        Assert.NotNull(Assert.Single(_bench.Notices.All).EndedAt);
    }

    [Fact]
    public async Task Read_LeftTheFeed_EndsAndMayComeBack()
    {
        await SaysAsync(CapSamples.Embedded(CapSamples.Alert(), CapSamples.Weather()));
        await SaysAsync(CapSamples.Embedded(CapSamples.Weather()));
        Assert.Equal(["mo-1"], await CurrentAsync());
        await SaysAsync(CapSamples.Embedded(CapSamples.Alert(), CapSamples.Weather()));
        Assert.Equal(["ea-1", "mo-1"], await CurrentAsync());
        _bench.Ingest.Time.Advance(TimeSpan.FromHours(25));
        Assert.Empty(await CurrentAsync());
    }

    [Fact]
    public async Task Read_Linked_FetchesEachMessageOnce()
    {
        _bench.Server.Serve(new Dictionary<string, string> { ["/cap/1"] = CapSamples.Alert(), ["/cap/2"] = CapSamples.Weather() }, "application/cap+xml");
        Assert.Equal("official.flood -", await SaysAsync(CapSamples.Linked("/cap/1", "/cap/2")));
        Assert.Equal("official.flood -", await SaysAsync(CapSamples.Linked("/cap/1", "/cap/2")));
        Assert.Equal(["/cap/1", "/cap/2"], _bench.Server.Requests.Select(request => request.Path).Order());
    }

    [Fact]
    public async Task Read_LinkThatCannotBeFetchedNow_EndsNothing()
    {
        _bench.Server.Serve(new Dictionary<string, string> { ["/cap/1"] = CapSamples.Alert() });
        await SaysAsync(CapSamples.Linked("/cap/1"));
        _format = _bench.Format(_bench.Server.Feed("cap"));
        _bench.Server.Serve([]);
        var reading = await ReadAsync(CapSamples.Linked("/cap/1"));

        Assert.True(reading.Partial);
        Assert.Empty(reading.Items);
        Assert.Null(Assert.Single(_bench.Notices.All).EndedAt);
    }

    [Theory]
    [InlineData("https://other.example/cap/1")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:1/cap")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user@localhost/cap")]
    public async Task Read_LinkToAnotherHost_IsRefusedUnasked(string link)
    {
        Assert.Equal("!foreign-identity", await SaysAsync(CapSamples.Linked(link)));
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task Read_Rss_FollowsLinksAndPassesOverPages()
    {
        _bench.Server.Answer = context => context.Request.Path == "/page"
            ? FeedServer.Text(context, "<html><body>wind</body></html>", "text/html; charset=utf-8")
            : FeedServer.Text(context, CapSamples.Weather(), "text/xml");
        var feed = CapSamples.Rss(_bench.Server.Address + "/warning.xml", _bench.Server.Address + "/page");
        Assert.Equal("- -", await SaysAsync(feed));
        Assert.Equal("Met Office", Assert.Single(_bench.Notices.All).Issuer);
    }

    [Fact]
    public async Task Read_Cap11AndABareMessage_AreRead() =>
        Assert.Equal("official.flood", await SaysAsync(CapSamples.Alert(space: "urn:oasis:names:tc:emergency:cap:1.1")));

    [Fact]
    public async Task Read_SeveralLanguages_PrefersEnglish()
    {
        var both = CapSamples.Alert().Replace(
            "<info>", "<info><language>cy-GB</language><category>Met</category><event>Rhybudd llifogydd</event><headline>Afon Alun</headline></info><info>", StringComparison.Ordinal);
        await SaysAsync(CapSamples.Embedded(both));
        Assert.Equal("Flood warning", Assert.Single(_bench.Notices.All).Event);
    }

    [Fact]
    public async Task Read_MarkupAndDirections_AreDropped()
    {
        await SaysAsync(CapSamples.Embedded(CapSamples.Alert(headline: "&lt;b onclick='x()'&gt;Flood&lt;/b&gt; &#x202E;gninraw&#x202C;\n at&#x85; &amp;lt;i&amp;gt; A &lt; B")));
        Assert.Equal("Flood gninraw at &lt;i&gt; A B", Assert.Single(_bench.Notices.All).Headline);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("https://user:pw@x.example/")]
    public async Task Read_WebThatIsNoAddress_IsNoLink(string web)
    {
        await SaysAsync(CapSamples.Embedded(CapSamples.Alert().Replace("https://check-for-flooding.example/target-area/1", web, StringComparison.Ordinal)));
        Assert.Null(Assert.Single(_bench.Notices.All).Link);
    }

    [Theory]
    [InlineData("<polygon>not a polygon</polygon>", "!bad-place")]
    [InlineData("<circle>999,999 -5</circle>", "!bad-place")]
    [InlineData("<polygon>53,-3 54,-3</polygon>", "!bad-place")]
    [InlineData("<polygon>53,-3 53,-2 NaN,-2 53,-3</polygon>", "!bad-place")]
    [InlineData("<polygon>53.04,-3.00\n53.04,-2.98\n53.06,-2.98</polygon>", "official.flood")]
    [InlineData("<circle>53.05,-2.99 0</circle>", "official.flood")]
    public async Task Read_Shape_IsCheckedAndClosed(string area, string says) =>
        Assert.Equal(says, await SaysAsync(CapSamples.Embedded(CapSamples.Alert(area: area))));

    [Fact]
    public async Task Read_PolygonOfThousandsOfPoints_IsThinned()
    {
        var points = Enumerable.Range(0, 6208).Select(i => FormattableString.Invariant($"{53.05 + (0.01 * Math.Sin(i * Math.Tau / 6208)):0.######},{-2.99 + (0.01 * Math.Cos(i * Math.Tau / 6208)):0.######}"));
        Assert.Equal("official.flood", await SaysAsync(CapSamples.Embedded(CapSamples.Alert(area: $"<polygon>{string.Join(' ', points)}</polygon>"))));
        Assert.InRange(Assert.Single(Assert.Single(_bench.Notices.All).Areas).Count, 100, Notice.MostPoints);
    }

    [Theory]
    [InlineData("2026-01-10T07:50:00Z", "official.flood")]
    [InlineData("2026-01-10T07:50:00", "!bad-time")]
    [InlineData("yesterday", "!bad-time")]
    [InlineData("2026-01-10T09:00:00+00:00", "!bad-time")]
    public async Task Read_Sent_IsATimeWithAZoneAndPast(string sent, string says) => Assert.Equal(says, await SaysAsync(CapSamples.Embedded(CapSamples.Alert(sent: sent))));

    [Fact]
    public async Task Read_WhatWeSaidOurselves_IsNoNews()
    {
        Assert.Equal("-", await SaysAsync(CapSamples.Embedded(CapSamples.Alert(sender: "alerts@civic-signals.example"))));
        Assert.Empty(_bench.Notices.All);
    }

    [Theory]
    [InlineData("<feed/>", "!bad-shape:")]
    [InlineData("<html/>", "!bad-shape:")]
    [InlineData("", "!not-xml:")]
    public async Task Read_NoFeed_IsRefused(string body, string says) => Assert.Equal(says, await SaysAsync(body));

    private async Task<IEnumerable<string>> CurrentAsync() =>
        (await _bench.Notices.CurrentAsync(null, _bench.Ingest.Time.GetUtcNow(), 10, default)).Select(notice => notice.Identifier).Order();

    private Task<FeedReading> ReadAsync(string body) =>
        _format.ReadAsync(System.Text.Encoding.UTF8.GetBytes(body), _bench.Ingest.Time.GetUtcNow(), TestContext.Current.CancellationToken);

    private async Task<IEnumerable<Signal>> SignalsAsync(string body) => (await ReadAsync(body)).Items.SelectMany(item => item.Decoded.Signals);

    private async Task<string> SaysAsync(string body) => FeedBench.Short(await ReadAsync(body));
}
