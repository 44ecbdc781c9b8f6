using System.Globalization;
using System.Text.Json;
using CivicSignals.Accounting;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>The whole platform with a feed.</summary>
public sealed class FeedPlatformTests
{
    [Fact]
    public async Task Platform_WithACapFeed_ShowsItsNoticeWeighsItAndMeasuresIt()
    {
        await using var server = await FeedServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        server.Serve(CapSamples.Embedded(CapSamples.Alert(sent: Time(now.AddMinutes(-1)), expires: Time(now.AddHours(6)))));
        await using var platform = await RunningPlatform.StartAsync(builder => builder.Configuration.AddInMemoryCollection(
        [
            new("Feeds:0:Url", server.Address + "/feed"), new("Feeds:0:Format", "cap"), new("Feeds:0:Name", "agency"),
        ]));
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var account = platform.App.Services.GetRequiredService<MessageAccount>();
        while (account.Read().Evidence == 0)
            await Task.Delay(50, late.Token);

        using var notices = JsonDocument.Parse(await platform.Http.GetStringAsync("/api/notices.geojson", late.Token));
        var notice = Assert.Single(notices.RootElement.GetProperty("features").EnumerateArray());
        Assert.Equal("Environment Agency", notice.GetProperty("properties").GetProperty("issuer").GetString());
        var metrics = await platform.Http.GetStringAsync("/metrics", late.Token);
        foreach (var name in new[] { "civicsignals_feeds_polls_total", "civicsignals_feeds_failures_total", "civicsignals_feeds_items", "civicsignals_feeds_going_on", "civicsignals_feeds_age_seconds" })
            Assert.Matches($"(?m)^{name}{{[^}}]*feed=\"agency\"", metrics);
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
}
