using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>Once, whatever breaks: the network, the process, the disk.</summary>
public sealed class DeliveryFaultTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turn_CutAfterTheServerDidIt_IsNotDoubled(bool keysKept)
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail(Fault.CutAfter);
        scene.Bluesky.Fail(Fault.CutAfter);
        scene.Publish();
        await scene.TurnAsync();
        Assert.Equal(1, scene.Board.States[0].Waiting);
        if (!keysKept)
            scene.Mastodon.ForgetIdempotencyKeys();
        scene.Publish(version: 2);
        await scene.TurnAsync(Second);

        Assert.Equal(1, scene.Mastodon.Made);
        Assert.Contains("Updated", scene.Status.Text, StringComparison.Ordinal);
        Assert.Contains("Updated", scene.Post, StringComparison.Ordinal);
        Assert.All(scene.Board.States, state => Assert.Equal(0, state.Waiting));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turn_EndedWhileItIsNotKnownWhetherItWasPosted_EditsWhatIsThereAndPostsNothing(bool isThere)
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail(isThere ? Fault.CutAfter : Fault.CutBefore);
        scene.Bluesky.Fail(isThere ? Fault.CutAfter : Fault.CutBefore);
        scene.Publish();
        await scene.TurnAsync();
        scene.Publish(version: 2, ended: Outcome.FalseAlarm, headline: "never was");
        scene.Restart();
        await scene.TurnAsync();

        Assert.Equal(isThere ? 1 : 0, scene.Mastodon.Statuses.Count);
        Assert.Equal(isThere ? 1 : 0, scene.Bluesky.Posts.Count);
        if (isThere)
            Assert.StartsWith("never was\n", scene.Status.Text, StringComparison.Ordinal);
    }

    /// <summary>Per account an alert is three writes: tried, sent, position. The process dies before each of them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Restart_DiedBeforeAnyWrite_LosesAndDoublesNothing(int writes)
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish();
        scene.Store.WritesLeft = writes;
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => scene.TurnAsync());
        scene.Store.WritesLeft = int.MaxValue;
        scene.Restart();
        await scene.TurnAsync();
        scene.Publish(version: 2, ended: Outcome.AllClear, headline: "over");
        scene.Restart();
        await scene.TurnAsync();

        Assert.Equal(1, scene.Mastodon.Made);
        Assert.StartsWith("over\n", scene.Status.Text, StringComparison.Ordinal);
        Assert.StartsWith("over\n", scene.Post, StringComparison.Ordinal);
        Assert.Single(scene.Bluesky.Replies);
    }

    [Fact]
    public async Task Turn_NoAnswer_GivesUpByTheClockAndTriesAgain()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail(Fault.Silent);
        scene.Publish();
        var turn = scene.TurnAsync();
        await scene.Mastodon.SilentAsync();
        scene.Time.Advance(TimeSpan.FromSeconds(20));
        await turn.WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal("no answer in time", scene.Board.States[1].Failure);
        await scene.TurnAsync(Second);

        Assert.NotNull(scene.Status);
    }

    [Fact]
    public async Task Turn_ServerFailsForLong_WaitsLongerAndLongerAndHoldsUpNobodyElse()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail([.. Enumerable.Repeat(Fault.Unavailable, 8)]);
        scene.Publish();
        await scene.TurnAsync();
        Assert.NotNull(scene.Post);
        var asked = scene.Mastodon.Requests.Count;
        await scene.TurnsAsync(60);
        Assert.InRange(scene.Mastodon.Requests.Count - asked, 6, 16); // A look and a post each time.
        Assert.Empty(scene.Mastodon.Statuses);

        await scene.TurnsAsync(400);
        Assert.NotNull(scene.Status);
        Assert.Single(scene.Logged.All, line => line.StartsWith("Warning: Delivery to mastodon/", StringComparison.Ordinal));
        Assert.Single(scene.Logged.All, line => line.StartsWith("Information: Delivery to mastodon/", StringComparison.Ordinal) && line.Contains("works again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_RejectedForGood_LeavesItOutAndGoesOn()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail(Fault.Unprocessable);
        scene.Publish("a");
        scene.Publish("b");
        await scene.TurnAsync();

        Assert.EndsWith("/alerts/b", scene.Status.Text, StringComparison.Ordinal);
        Assert.Contains(scene.Logged.All, line => line.Contains("will not take a version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_TokenNotAccepted_SaysSoWithoutItAndAsksFourTimesAnHour()
    {
        await using var scene = await DeliveryScene.StartAsync(token: "wrong-secret-token");
        scene.Publish();
        await scene.TurnsAsync(3600 - 1);

        Assert.Equal(4, scene.Mastodon.Requests.Count);
        Assert.NotNull(scene.Post);
        Assert.Equal((1, "HTTP 401"), (scene.Board.States[1].Waiting, scene.Board.States[1].Failure));
        Assert.Contains(scene.Logged.All, line => line.StartsWith("Error: mastodon/", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Logged.All, line => line.Contains("secret-token", StringComparison.Ordinal) || line.Contains(BlueskyServer.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_NotAllowedToPost_PausesAndPostsOnceItMay()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail(Fault.Refused);
        scene.Publish();
        await scene.TurnAsync();
        await scene.TurnsAsync(899);
        Assert.Empty(scene.Mastodon.Statuses);
        await scene.TurnAsync(Second);
        Assert.NotNull(scene.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turn_SessionEnded_IsRenewedAndThePostIsThere(bool forGood)
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Bluesky.EndSession(forGood);
        scene.Publish();
        await scene.TurnAsync();

        Assert.NotNull(scene.Post);
        Assert.Equal((forGood ? 2 : 1, 1), (scene.Bluesky.SignIns, scene.Bluesky.Refreshes));
    }
}
