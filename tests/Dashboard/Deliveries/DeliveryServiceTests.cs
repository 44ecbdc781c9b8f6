using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Dashboard.Deliveries;

public sealed class DeliveryServiceTests
{
    [Fact]
    public async Task Wake_OneNetworkIsSilent_TellsTheOtherThoughTheClockStandsStill()
    {
        await using var scene = await DeliveryScene.StartAsync();
        await scene.Service.StartAsync(default);
        scene.Mastodon.Fail(Fault.Silent);
        scene.Publish();
        scene.Service.Wake();
        await scene.Mastodon.SilentAsync();
        await Patience.Until(() => Task.FromResult(scene.Bluesky.Posts.Count == 1), "the post on the other network");
        Assert.Empty(scene.Mastodon.Statuses);

        await scene.Service.StopAsync(default);
        scene.Restart();
        await scene.TurnAsync();
        Assert.NotNull(scene.Status);
    }

    [Fact]
    public async Task Look_NobodyWakesIt_ComesEverySecond()
    {
        await using var scene = await DeliveryScene.StartAsync();
        await scene.Service.StartAsync(default);
        await Patience.Until(() => Task.FromResult(scene.Ledger.Reads == 0 && scene.Board.States.Count == 2), "the first look");
        scene.Publish();
        scene.Time.Advance(TimeSpan.FromSeconds(1));
        await Patience.Until(() => Task.FromResult(scene.Bluesky.Posts.Count == 1 && scene.Mastodon.Statuses.Count == 1), "both posts");
        await scene.Service.StopAsync(default);
    }
}
