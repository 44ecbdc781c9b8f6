using CivicSignals.Areas;
using CivicSignals.Ingest.Feeds;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Tests.Ingest.Feeds;

public sealed class FeedPollTests : IAsyncLifetime
{
    private FeedBench _bench = null!;
    private FeedPoll _poll = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await FeedBench.StartAsync();
        _poll = _bench.Poll(_bench.Server.Feed("waze"));
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task RunAsync_ItemInTheFeedThenGone_BeginsAndEndsUnderTheSameName()
    {
        Serve(Alert("a"), Alert("b", "HAZARD"), Alert("c", "JAM"));
        await RunAsync();
        Serve(Alert("b", "HAZARD"));
        await RunAsync();

        var signals = _bench.Ingest.Areas.Signals.ToList();
        Assert.Equal("driver.crash+ driver.road-hazard+ driver.road-hazard+ driver.crash-", _bench.Heard());
        Assert.Equal((signals[0].Source, signals[0].Kind, signals[0].Event, signals[0].Place), (signals[^1].Source, signals[^1].Kind, signals[^1].Event, signals[^1].Place));
        Assert.Single(_bench.Items.All);
    }

    [Fact]
    public async Task RunAsync_EachItem_IsCountedOnce()
    {
        Serve(Alert("a"), Alert("b", "JAM"), """{"type":"ACCIDENT"}""");
        await RunAsync();
        var totals = _bench.Ingest.Account.Read();
        Assert.Equal((3, 1, 1, 1, 0), (totals.Received, totals.Evidence, totals.Ambient, totals.Rejected, totals.InFlight));
        Assert.Equal(("waze", "f"), Assert.Single(_bench.Ingest.Letters.Newest(10)) is { } letter ? (letter.Via, letter.Topic) : default);
    }

    [Fact]
    public async Task RunAsync_AfterARestart_EndsWhatLeftMeanwhile()
    {
        Serve(Alert("a"), Alert("b"));
        await RunAsync();
        _bench.Heard();
        _poll = _bench.Poll(_bench.Server.Feed("waze"));
        Serve(Alert("b"));
        await RunAsync();

        Assert.Equal("driver.crash+ driver.crash-", _bench.Heard());
    }

    [Fact]
    public async Task RunAsync_BodyThatIsNoFeed_EndsNothingAndIsCounted()
    {
        Serve(Alert("a"));
        await RunAsync();
        _bench.Heard();
        _bench.Server.Serve("<html>maintenance</html>", "text/html");

        Assert.Equal("not-json", (await RunAsync()).Failure);
        Assert.Equal("", _bench.Heard());
        Assert.Equal(1, _bench.Ingest.Account.Read().RejectedByReason["not-json"]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task RunAsync_ServerInTrouble_EndsNothing(int status)
    {
        Serve(Alert("a"));
        await RunAsync();
        _bench.Heard();
        _bench.Server.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        Assert.Equal($"HTTP {status}", (await RunAsync()).Failure);
        Assert.Equal("", _bench.Heard());
        Assert.Single(_bench.Items.All);
    }

    [Fact]
    public async Task RunAsync_EndlessBody_IsRefusedAndCounted()
    {
        _bench.Server.Answer = async context =>
        {
            var blanks = new byte[256 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(blanks, context.RequestAborted);
        };
        Assert.Equal("too large", (await RunAsync()).Failure);
        Assert.Equal(1, _bench.Ingest.Account.Read().RejectedByReason["too-large"]);
    }

    [Fact]
    public async Task RunAsync_NotModified_SaysAgainWhatGoesOnAndNoMore()
    {
        ServeTagged(Alert("a"), Alert("b", "JAM"), "{}");
        await RunAsync();
        var before = _bench.Ingest.Account.Read();
        _bench.Heard();
        await RunAsync();

        Assert.Equal("driver.crash+", _bench.Heard());
        Assert.Equal(before.Received + 1, _bench.Ingest.Account.Read().Received);
        Assert.Equal(before.Rejected, _bench.Ingest.Account.Read().Rejected);
    }

    [Fact]
    public async Task RunAsync_NotModifiedAndItsTimeIsOver_EndsIt()
    {
        var feed = _bench.Server.Feed("cap");
        _poll = _bench.Poll(feed);
        ServeTaggedBody(CapSamples.Embedded(CapSamples.Alert(expires: "2026-01-10T09:00:00+00:00")));
        await RunAsync();
        _bench.Ingest.Time.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        Assert.Equal("official.flood+ official.flood-", _bench.Heard());
        Assert.Empty(_bench.Items.All);
    }

    [Fact]
    public async Task RunAsync_AreaUnavailable_AsksForAllOfItAgain()
    {
        ServeTagged(Alert("a"));
        var good = _bench.Ingest.Areas.Answer;
        _bench.Ingest.Areas.Answer = (_, _, _) => throw new LedgerUnavailableException("away on purpose");
        var failed = RunAsync();
        while (!failed.IsCompleted)
        {
            _bench.Ingest.Time.Advance(TimeSpan.FromSeconds(10)); // Areas are tried again, with pauses.
            await Task.Yield();
        }

        Assert.NotNull((await failed).Failure);
        _bench.Ingest.Areas.Answer = good;
        Assert.Null((await RunAsync()).Failure);
        Assert.DoesNotContain("If-None-Match", _bench.Server.Requests.Last().Headers.Keys);
    }

    [Fact]
    public async Task RunAsync_NothingCanBeWrittenDown_TellsNoAreaAndTriesAgain()
    {
        Serve(Alert("a"));
        _bench.Items.Away = true;
        await Assert.ThrowsAsync<LedgerUnavailableException>(RunAsync);
        Assert.Equal("", _bench.Heard());
        _bench.Items.Away = false;
        await RunAsync();
        Assert.Equal("driver.crash+", _bench.Heard());
    }

    [Fact]
    public async Task RunAsync_ItemThatMoved_EndsThereAndBeginsHere()
    {
        Serve(Alert("a"));
        await RunAsync();
        Serve(Alert("a", lat: "53.20"));
        await RunAsync();

        var places = _bench.Ingest.Areas.Signals.Select(signal => (signal.Active, signal.Place.Lat));
        Assert.Equal([(true, 53.05), (false, 53.05), (true, 53.2)], places);
    }

    [Fact]
    public async Task RunAsync_DatexRecord_FollowsItsVersionsAndSuspension()
    {
        _poll = _bench.Poll(_bench.Server.Feed("datex2"));
        _bench.Server.Serve(DatexSamples.Version3(DatexSamples.Record("Accident")));
        await RunAsync();
        var moved = DatexSamples.Point.Replace("53.05", "53.30", StringComparison.Ordinal);
        _bench.Server.Serve(DatexSamples.Version3(DatexSamples.Record("Accident", location: moved, version: "2026-01-10T07:00:00Z")));
        await RunAsync(); // A stale copy says the older version.
        _bench.Server.Serve(DatexSamples.Version3(DatexSamples.Record("Accident", version: "2026-01-10T07:59:00Z", validity: "<com:validityStatus>suspended</com:validityStatus>")));
        await RunAsync();

        Assert.Equal([(true, 53.05), (true, 53.05), (false, 53.05)], _bench.Ingest.Areas.Signals.Select(signal => (signal.Active, signal.Place.Lat)));
    }

    [Fact]
    public async Task RunAsync_TwoVersionsOfOneRecord_TheNewerCounts()
    {
        _poll = _bench.Poll(_bench.Server.Feed("datex2"));
        _bench.Server.Serve(DatexSamples.Version3(DatexSamples.Record("GeneralObstruction", version: "2026-01-10T07:00:00Z") + DatexSamples.Record("Accident")));
        await RunAsync();
        Assert.Equal("official.crash+", _bench.Heard());
    }

    [Fact]
    public async Task RunAsync_RealAreaCore_RestartAndRepeatsDoubleNothing()
    {
        var core = new AreaCore(CivicSignals.Fusion.FusionModel.Bundled(), CivicSignals.Alerts.AlertPolicy.Bundled(), CivicSignals.Neighbourhoods.NeighbourhoodMap.Empty);
        var state = AreaState.Empty;
        _bench.Ingest.Areas.Answer = (area, signals, _) =>
        {
            var fold = core.Fold(area, state, signals, _bench.Ingest.Time.GetUtcNow());
            state = fold.State;
            return Task.FromResult(new OfferReceipt([.. fold.Outcomes], null));
        };
        Serve(Alert("a"));
        for (var poll = 0; poll < 3; poll++)
        {
            _poll = _bench.Poll(_bench.Server.Feed("waze"));
            await RunAsync();
            _bench.Ingest.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Single(Assert.Single(state.Open).Evidence);
        Assert.Equal(2, _bench.Ingest.Account.Read().Repeated);
        Serve();
        await RunAsync();
        Assert.Empty(state.Open); // A driver's report that is gone ends its incident.
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<FeedPollResult> RunAsync() => _poll.RunAsync(Cancellation);

    private void Serve(params string[] alerts) => _bench.Server.Serve($$"""{"alerts":[{{string.Join(',', alerts)}}]}""", "application/json");

    private void ServeTagged(params string[] alerts) => ServeTaggedBody($$"""{"alerts":[{{string.Join(',', alerts)}}]}""");

    private void ServeTaggedBody(string body) => _bench.Server.Answer = context =>
    {
        context.Response.Headers.ETag = "\"1\"";
        context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"1\"" ? StatusCodes.Status304NotModified : StatusCodes.Status200OK;
        return context.Response.StatusCode == 304 ? Task.CompletedTask : FeedServer.Text(context, body);
    };

    private string Alert(string uuid, string type = "ACCIDENT", string lat = "53.05") =>
        $$$"""{"uuid":"{{{uuid}}}","pubMillis":{{{_bench.Ingest.Time.GetUtcNow().ToUnixTimeMilliseconds()}}},"type":"{{{type}}}","reliability":8,"location":{"x":-2.99,"y":{{{lat}}}}}""";
}
