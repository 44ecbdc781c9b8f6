using CivicSignals.Duties;
using CivicSignals.Accounting;
using CivicSignals.Feeds;
using CivicSignals.Fusion;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Feeds;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Ingest.Feeds;

public sealed class FeedServiceTests : IAsyncLifetime
{
    private FeedServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FeedServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ExecuteAsync_OneFeedHangsAndOneIsBroken_TheThirdIsReadAllTheSame()
    {
        _server.Answer = async context =>
        {
            switch (context.Request.Path)
            {
                case "/hangs":
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    break;
                case "/broken":
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    break;
                default:
                    await FeedServer.Text(context, """{"alerts":[{"uuid":"a","type":"ACCIDENT","reliability":8,"location":{"x":-2.99,"y":53.05}}]}""");
                    break;
            }
        };
        await using var services = Services("hangs", "broken", "good");
        var service = services.GetServices<IHostedService>().OfType<FeedService>().Single();
        await service.StartAsync(Cancellation);
        var states = services.GetRequiredService<IFeedStates>();
        await UntilAsync(() => states.Read() is [_, { Polls: 1 }, { Polls: 1 }]);
        await service.StopAsync(Cancellation);

        var read = states.Read();
        Assert.Equal((0, null), (read[0].Polls, read[0].SucceededAt));
        Assert.Equal((1, "HTTP 500"), (read[1].Failures, read[1].Failure));
        Assert.Equal((0, 1, 1), (read[2].Failures, read[2].Items, read[2].GoingOn));
        Assert.NotNull(read[2].SucceededAt);
    }

    [Theory]
    [InlineData("Url", "http://feed.example/f", "Feeds:0:Url")]
    [InlineData("Url", "ftp://feed.example/f", "Feeds:0:Url")]
    [InlineData("Url", "", "Feeds:0:Url")]
    [InlineData("Url", "https://user:pw@feed.example/f", "Feeds:0:Url")]
    [InlineData("Format", "kml", "Feeds:0:Format")]
    [InlineData("Every", "14", "Feeds:0:Every")]
    [InlineData("Every", "86401", "Feeds:0:Every")]
    [InlineData("Name", "a b", "Feeds:0:Name")]
    [InlineData("Authorization", "Bearer x\r\nHost: y", "Feeds:0:Authorization")]
    [InlineData("CapHosts", "cap.example/path", "Feeds:0:CapHosts")]
    public void Options_WrongValue_NamesItsKey(string key, string value, string named)
    {
        var settings = new Dictionary<string, string?> { ["Feeds:0:Url"] = "https://feed.example/f", ["Feeds:0:Format"] = "cap", [$"Feeds:0:{key}"] = value };
        using var services = Services(settings);
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<FeedsOptions>>().Value);
        Assert.StartsWith(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_TwoOfOneName_AreRefused()
    {
        using var services = Services(new Dictionary<string, string?>
        {
            ["Feeds:0:Url"] = "https://feed.example/a",
            ["Feeds:0:Format"] = "cap",
            ["Feeds:1:Url"] = "https://feed.example/b",
            ["Feeds:1:Format"] = "cap",
        });
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<FeedsOptions>>().Value);
        Assert.StartsWith("Feeds:1:Name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rhythm_FailuresInARow_DoubleTheWaitUpToHalfAnHourWithJitter()
    {
        var rhythm = new FeedRhythm(TimeSpan.FromSeconds(100), new Random(1));
        var failed = new FeedPollResult { Failure = "x" };
        Assert.Equal(100, rhythm.After(new FeedPollResult()).TotalSeconds);
        Assert.InRange(rhythm.After(failed).TotalSeconds, 160, 240);
        Assert.InRange(rhythm.After(failed).TotalSeconds, 320, 480);
        for (var i = 0; i < 50; i++)
            Assert.InRange(rhythm.After(failed).TotalMinutes, 10, 36);
        Assert.Equal(TimeSpan.FromHours(1), rhythm.After(failed with { RetryAfter = TimeSpan.FromHours(1) }));
        Assert.Equal(100, rhythm.After(new FeedPollResult()).TotalSeconds);
    }

    private ServiceProvider Services(params string[] feeds) => Services(feeds.SelectMany((feed, i) => new[]
    {
        KeyValuePair.Create<string, string?>($"Feeds:{i}:Url", $"{_server.Address}/{feed}"),
        KeyValuePair.Create<string, string?>($"Feeds:{i}:Format", "waze"),
        KeyValuePair.Create<string, string?>($"Feeds:{i}:Name", feed),
    }));

    private static ServiceProvider Services(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(new FakeAreas().Grains).AddSingleton<IKindCatalogue>(FusionModel.Bundled()).AddSingleton<IGatewayMemory>(new FakeMemory());
        services.AddSingleton<MessageAccount>().AddSingleton<DeadLetters>().AddOptions<CivicSignals.Areas.AreaOptions>();
        services.AddSingleton<INoticeStore>(new MemoryNotices()).AddSingleton<IFeedItemStore>(new MemoryFeedItems());
        services.AddSignalPipeline();
        services.AddSingleton<IDuties, SoleMachine>();
        services.AddFeeds();
        return services.BuildServiceProvider();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!holds())
            await Task.Delay(20, late.Token);
    }
}
