using CivicSignals.Incidents;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>Never more often than networks allow.</summary>
public sealed class DeliveryLimitTests
{
    [Theory]
    [InlineData("Retry-After", "90")]
    [InlineData("Retry-After", "Sat, 10 Jan 2026 08:02:32 GMT")]
    [InlineData("X-RateLimit-Reset", "2026-01-10T08:02:32.120000Z")]
    [InlineData("RateLimit-Reset", "1768032152")]
    public async Task Turn_TooOften_WaitsUntilTheServerSays(string header, string value)
    {
        await using var scene = await DeliveryScene.StartAsync();
        var limited = new Fault(429, false, (header, value));
        scene.Mastodon.Fail(limited);
        scene.Bluesky.Fail(limited);
        scene.Publish();
        await scene.TurnAsync();
        var asked = (scene.Mastodon.Requests.Count, scene.Bluesky.Requests.Count);
        await scene.TurnsAsync(88);
        Assert.Equal(asked, (scene.Mastodon.Requests.Count, scene.Bluesky.Requests.Count));

        await scene.TurnsAsync(3);
        Assert.NotNull(scene.Status);
        Assert.NotNull(scene.Post);
    }

    [Fact]
    public async Task Turn_LastRequestThatWasAllowed_WaitsForTheServersCounter()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail(new Fault(503, false, ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "2026-01-10T08:11:02Z")));
        scene.Publish();
        await scene.TurnAsync();
        var asked = scene.Mastodon.Requests.Count;
        await scene.TurnsAsync(599);
        Assert.Equal(asked, scene.Mastodon.Requests.Count);
        await scene.TurnsAsync(2);
        Assert.NotNull(scene.Status);
    }

    [Fact]
    public async Task Turn_FourHundredAlertsAtOnce_KeepsMastodonsLimitsAndPostsAll()
    {
        const int Alerts = 400;
        await using var scene = await DeliveryScene.StartAsync();
        for (var i = 0; i < Alerts; i++)
            scene.Publish($"a{i}");
        while (scene.Mastodon.Statuses.Count < Alerts && scene.Time.GetUtcNow() < Fakes.Entries.Start.AddHours(6))
            await scene.TurnAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(Alerts, scene.Mastodon.Statuses.Count);
        Assert.Equal(Alerts, scene.Bluesky.Posts.Count);
        Assert.InRange(MostWithin(scene.Mastodon.Requests, TimeSpan.FromMinutes(5)), 100, 300);
        Assert.InRange(MostWithin(scene.Mastodon.Writes, TimeSpan.FromHours(3)), 250, 300);
    }

    [Fact]
    public async Task Turn_ManyAlertsAndTheirEnds_KeepsBlueskysPoints()
    {
        const int Alerts = 1200;
        await using var scene = await DeliveryScene.StartAsync(token: "none");
        for (var i = 0; i < Alerts; i++)
            scene.Publish($"a{i}");
        await scene.TurnAsync();
        for (var i = 0; i < Alerts; i++)
            scene.Publish($"a{i}", 2, Outcome.AllClear);
        while (scene.Board.States[0].Waiting > 0 && scene.Time.GetUtcNow() < Fakes.Entries.Start.AddHours(6))
            await scene.TurnAsync(TimeSpan.FromSeconds(30));

        // Those that had ended before their turn came were not posted; what was posted was ended, and said so.
        Assert.Equal(scene.Bluesky.Posts.Count, scene.Bluesky.Replies.Count);
        Assert.InRange(scene.Bluesky.Posts.Count, 800, Alerts);
        var points = scene.Bluesky.Spent.SelectMany(spent => Enumerable.Repeat(spent.At, spent.Points)).ToList();
        Assert.InRange(MostWithin(points, TimeSpan.FromHours(1)), 4000, 5000);
    }

    private static int MostWithin(IReadOnlyList<DateTimeOffset> moments, TimeSpan window)
    {
        var most = 0;
        for (int first = 0, last = 0; last < moments.Count; last++)
        {
            while (moments[last] - moments[first] >= window)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
