using System.Net;
using System.Net.Http.Headers;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Access;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Dashboard.Live;

public sealed class LiveStreamTests
{
    private const string Incidents = "/api/incidents/stream";
    private const string Alerts = "/api/alerts/stream";

    [Fact]
    public async Task Stream_NewEntry_CarriesSeqTypeAndTheLedgersLine()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        site.Publish(Entries.Evidence("fire.smoke"));
        await using var stream = await EventStream.OpenAsync(http, Incidents, "0");
        Assert.Equal("text/event-stream", stream.ContentType?.MediaType);
        Assert.Equal("retry: 2000", await stream.BlockAsync());

        var incident = Entries.Incident();
        site.Publish(incident);
        var alert = Entries.Entry(Entries.Alert(audience: Audience.ControlRoom));
        site.Publish(alert);

        Assert.Equal((2, "incident", Text(incident.Body)), await stream.NextAsync());
        Assert.Equal((3, "alert", Text(alert.Body)), await stream.NextAsync());
    }

    [Theory]
    [InlineData(10, 4096)]
    [InlineData(3000, 16)]
    public async Task Stream_ResumedWhileTheLedgerGrows_HasNoGapAndNoDuplicate(int missed, int recent)
    {
        await using var site = await Site.StartAsync(null, ("Live:Recent", $"{recent}"));
        using var http = site.WithToken(Roles.ControlRoom);
        for (var i = 0; i < missed; i++)
            site.Ledger.Append(Entries.Incident());
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                site.Publish(Entries.Incident());
                await Task.Yield();
            }
        });

        await using var stream = await EventStream.OpenAsync(http, Incidents, "5");
        var ids = await stream.IdsAsync(missed + 500 - 5);
        await writer;
        Assert.Equal(Enumerable.Range(6, missed + 500 - 5).Select(i => (long)i), ids);
    }

    [Fact]
    public async Task Stream_CutAtAnyPoint_ResumesByTheLastIdWithoutLoss()
    {
        await using var site = await Site.StartAsync(null, ("Live:Recent", "8"));
        using var http = site.WithToken(Roles.ControlRoom);
        var seen = new List<long>();
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 7; i++)
                site.Publish(Entries.Incident());
            await using var stream = await EventStream.OpenAsync(http, Incidents, seen.Count == 0 ? "0" : $"{seen[^1]}");
            seen.AddRange(await stream.IdsAsync(1 + (round % 5)));
        }

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Stream_WithoutLastEventId_CarriesOnlyWhatComes()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        for (var i = 0; i < 5; i++)
            site.Publish(Entries.Incident());
        await using (var all = await EventStream.OpenAsync(http, Incidents, "0"))
            await all.IdsAsync(5);

        await using var stream = await EventStream.OpenAsync(http, Incidents);
        var next = stream.NextAsync();
        // A client shows no sign of having joined but the first entry that it is told of.
        while (!next.IsCompleted)
        {
            site.Publish(Entries.Incident());
            await Task.WhenAny(next, Task.Delay(20));
        }

        Assert.True((await next)!.Value.Id > 5);
    }

    [Fact]
    public async Task Stream_LostPush_IsFoundByTheNextLook()
    {
        await using var site = await Site.StartAsync();
        await using var stream = await EventStream.OpenAsync(site.Http, Alerts, "0");
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        var next = stream.NextAsync();
        while (!next.IsCompleted)
        {
            site.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(next, Task.Delay(10));
        }

        Assert.Equal(1, (await next)!.Value.Id);
    }

    [Fact]
    public async Task Stream_LedgerFailsForAWhile_GoesOnWhereItStopped()
    {
        await using var site = await Site.StartAsync();
        await using var stream = await EventStream.OpenAsync(site.Http, Alerts, "0");
        site.Publish(Entries.Entry(Entries.Alert()));
        Assert.Equal([1], await stream.IdsAsync(1));
        site.Ledger.Fault = new CivicSignals.Ledger.LedgerUnavailableException("away");
        site.Publish(Entries.Entry(Entries.Alert(version: 2)));
        site.Hub.Wake();
        site.Ledger.Fault = null;
        site.Publish(Entries.Entry(Entries.Alert(version: 3)));
        Assert.Equal([2, 3], await stream.IdsAsync(2));
    }

    [Fact]
    public async Task PublicStream_MixedLedger_NeverCarriesWhatIsNotPublic()
    {
        await using var site = await Site.StartAsync(null, ("Live:Recent", "4"));
        for (var i = 0; i < 30; i++)
            PublishMixed(site, i);
        // The first part comes from the ledger, the next from recent frames, the last live.
        await using var stream = await EventStream.OpenAsync(site.Http, Alerts, "0");
        for (var i = 30; i < 60; i++)
            PublishMixed(site, i);

        for (var i = 0; i < 60; i++)
        {
            var (id, name, data) = (await stream.NextAsync())!.Value;
            Assert.Equal("alert", name);
            Assert.Contains("\"audience\":\"Public\"", data, StringComparison.Ordinal);
            Assert.DoesNotContain("53.04661", data, StringComparison.Ordinal);
            Assert.Equal((i * 5) + 5, id);
        }

        static void PublishMixed(Site site, int i)
        {
            site.Publish(Entries.Evidence("fire.smoke"));
            site.Publish(Entries.Incident());
            site.Publish(Entries.Action("ann"));
            site.Publish(Entries.Entry(Entries.Alert($"c{i}", audience: Audience.ControlRoom, lat: Entries.HomeLat)));
            site.Publish(Entries.Entry(Entries.Alert($"p{i}")));
        }
    }

    [Fact]
    public async Task PublicStream_OfOneNeighbourhood_CarriesItsAlertsOnly()
    {
        await using var site = await Site.StartAsync();
        site.Publish(Entries.Entry(Entries.Alert("a", slug: "hoole-newton")));
        site.Publish(Entries.Entry(Entries.Alert("b")));
        await using var stream = await EventStream.OpenAsync(site.Http, Alerts + "?neighbourhood=lache&lastEventId=0");
        site.Publish(Entries.Entry(Entries.Alert("c", slug: null)));
        site.Publish(Entries.Entry(Entries.Alert("d")));
        Assert.Equal([2, 4], await stream.IdsAsync(2));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999999")]
    [InlineData("2")]
    public async Task Stream_LastEventIdThatIsNoneOfThisLedger_IsRefused(string id)
    {
        await using var site = await Site.StartAsync();
        site.Publish(Entries.Incident());
        using var request = new HttpRequestMessage(HttpMethod.Get, Alerts);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", id);
        using var response = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Stream_UnknownNeighbourhood_IsNotFound()
    {
        await using var site = await Site.StartAsync();
        using var response = await site.Http.GetAsync(Alerts + "?neighbourhood=nowhere", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Stream_Silent_SendsHeartbeats()
    {
        await using var site = await Site.StartAsync();
        await using var stream = await EventStream.OpenAsync(site.Http, Alerts, "0");
        Assert.Equal("retry: 2000", await stream.BlockAsync());
        var block = stream.BlockAsync();
        while (!block.IsCompleted)
        {
            site.Time.Advance(TimeSpan.FromSeconds(15));
            await Task.WhenAny(block, Task.Delay(10));
        }

        Assert.Equal(": still here", await block);
    }

    [Fact]
    public async Task Stream_TokenEnds_EndsToo()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        var token = site.Services.GetRequiredService<AccessTokens>().Issue("robot", [Roles.ControlRoom], TimeSpan.FromSeconds(40));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await using var stream = await EventStream.OpenAsync(http, Incidents, "0");
        Assert.Equal("retry: 2000", await stream.BlockAsync());
        site.Time.Advance(TimeSpan.FromSeconds(41));
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_AppStops_Ends()
    {
        await using var site = await Site.StartAsync();
        await using var stream = await EventStream.OpenAsync(site.Http, Alerts, "0");
        var stop = site.StopAsync();
        Assert.Null(await stream.NextAsync());
        await stop.WaitAsync(TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task Stream_MoreThanAnAddressMayHave_IsRefusedUntilOneCloses()
    {
        await using var site = await Site.StartAsync(null, ("Live:PerAddress", "2"));
        await using var first = await EventStream.OpenAsync(site.Http, Alerts, "0");
        var second = await EventStream.OpenAsync(site.Http, Alerts, "0");
        using (var third = await site.Http.GetAsync(Alerts, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(30), third.Headers.RetryAfter?.Delta);
        }

        await second.DisposeAsync();
        var deadline = DateTimeOffset.UtcNow.AddSeconds(20);
        HttpStatusCode status;
        do
        {
            using var fourth = await site.Http.GetAsync(Alerts, HttpCompletionOption.ResponseHeadersRead);
            status = fourth.StatusCode;
        }
        while (status != HttpStatusCode.OK && DateTimeOffset.UtcNow < deadline);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static string Text(ReadOnlyMemory<byte> body) => System.Text.Encoding.UTF8.GetString(body.Span);
}
