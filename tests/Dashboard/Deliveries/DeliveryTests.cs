using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>What two accounts show of what is in the ledger.</summary>
public sealed class DeliveryTests
{
    private const string Link = "https://signals.example/alerts/a1";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Turn_AlertTwoUpdatesAllClear_IsOnePostEditedInPlace()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish();
        await scene.TurnAsync();
        Assert.Equal($"Fire in Lache\nLikely, and confirmed by independent signals.\nSent at 8:01am on Saturday 10 January 2026, UK winter time (GMT).\n{Link}", scene.Status.Text);
        Assert.Equal(("unlisted", "en"), (scene.Status.Visibility, scene.Status.Language));
        Assert.Equal(scene.Status.Text, scene.Post);

        scene.Publish(version: 2);
        await scene.TurnAsync();
        scene.Publish(version: 3);
        await scene.TurnAsync();
        Assert.Contains("Updated at 8:03am", scene.Status.Text, StringComparison.Ordinal);
        Assert.Contains("Updated at 8:03am", scene.Post, StringComparison.Ordinal);
        Assert.Empty(scene.Bluesky.Replies);

        scene.Publish(version: 4, ended: Outcome.AllClear, headline: "Fire in Lache: over, all clear");
        await scene.TurnAsync();
        Assert.Equal($"Fire in Lache: over, all clear\nEnded at 8:04am on Saturday 10 January 2026, UK winter time (GMT).\n{Link}", scene.Status.Text);
        Assert.Equal(scene.Status.Text, scene.Post);
        Assert.Equal(3, scene.Status.Edits);
    }

    [Fact]
    public async Task Turn_FalseAlarm_SaysSoInTheStatusAndOnBlueskyAlsoInOneReply()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish();
        await scene.TurnAsync();
        scene.Publish(version: 2, ended: Outcome.FalseAlarm, headline: "Fire in Lache: cancelled, it was a false alarm");
        await scene.TurnAsync();
        await scene.TurnAsync();

        Assert.StartsWith("Fire in Lache: cancelled, it was a false alarm\n", scene.Status.Text, StringComparison.Ordinal);
        Assert.Equal(scene.Status.Text, scene.Post);
        var reply = Assert.Single(scene.Bluesky.Replies).Value;
        Assert.Equal("Fire in Lache: cancelled, it was a false alarm", reply.GetProperty("text").GetString());
        var parent = reply.GetProperty("reply").GetProperty("parent");
        Assert.EndsWith(scene.Bluesky.Posts[0].Key, parent.GetProperty("uri").GetString(), StringComparison.Ordinal);
        Assert.Equal(parent.GetRawText(), reply.GetProperty("reply").GetProperty("root").GetRawText());
    }

    [Fact]
    public async Task Turn_WithdrawnAndGoesOn_IsEditedBack()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish();
        await scene.TurnAsync();
        scene.Publish(version: 2, ended: Outcome.Withdrawn, headline: "withdrawn");
        await scene.TurnAsync();
        scene.Publish(version: 3);
        await scene.TurnAsync();

        Assert.StartsWith("Fire in Lache\n", scene.Status.Text, StringComparison.Ordinal);
        Assert.Equal(scene.Status.Text, scene.Post);
    }

    [Fact]
    public async Task Start_FirstTime_BeginsAtTheHead()
    {
        await using var scene = await DeliveryScene.StartAsync(before: scene => scene.Publish("old"));
        Assert.Empty(scene.Mastodon.Statuses);

        scene.Publish("old", 2);
        scene.Publish("over", 2, Outcome.AllClear);
        await scene.TurnAsync();

        // What goes on is posted as it stands; what is over and was never posted is not.
        Assert.EndsWith("/alerts/old", scene.Status.Text, StringComparison.Ordinal);
        Assert.EndsWith("/alerts/old", scene.Post, StringComparison.Ordinal);
        Assert.Equal(3, await scene.Store.PositionAsync($"bluesky/{BlueskyServer.Handle}", default));
    }

    [Fact]
    public async Task Turn_NeighbourhoodsGiven_TellsOfThoseOnly()
    {
        await using var scene = await DeliveryScene.StartAsync("lache hoole-newton");
        scene.Publish("here");
        scene.Publish("there", slug: "elsewhere");
        scene.Publish("nowhere", slug: null);
        await scene.TurnAsync();
        Assert.EndsWith("/alerts/here", scene.Status.Text, StringComparison.Ordinal);

        // Once told, it is told to its end.
        scene.Publish("here", 2, Outcome.AllClear, "over", slug: "elsewhere");
        await scene.TurnAsync();
        Assert.StartsWith("over\n", scene.Status.Text, StringComparison.Ordinal);
        Assert.StartsWith("over\n", scene.Post, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_SeveralVersionsWait_SendsTheNewestOnly()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Mastodon.Fail(Fault.Unavailable);
        scene.Bluesky.Fail(Fault.Unavailable);
        scene.Publish();
        await scene.TurnAsync();
        scene.Publish(version: 2);
        scene.Publish(version: 3);
        scene.Publish("b");
        scene.Publish("b", 2, Outcome.FalseAlarm);
        await scene.TurnAsync(Second);

        Assert.Contains("Updated at 8:03am", scene.Status.Text, StringComparison.Ordinal);
        Assert.Equal(0, scene.Status.Edits);
        Assert.Contains("Updated at 8:03am", scene.Post, StringComparison.Ordinal);
        Assert.Empty(scene.Bluesky.Replies);
    }

    [Fact]
    public async Task Turn_EndsAndUpdatesWait_EndsGoFirst()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish("a");
        scene.Publish("b");
        await scene.TurnAsync();
        scene.Mastodon.Fail(Fault.Unavailable, Fault.Unavailable);
        scene.Publish("a", 2);
        await scene.TurnAsync();
        scene.Publish("b", 2, Outcome.FalseAlarm, "never was");
        await scene.TurnAsync(Second);

        Assert.Equal(2, scene.Mastodon.Statuses.Count); // The second failure met the end of b, not the update of a that had waited longer.
        await scene.TurnAsync(TimeSpan.FromSeconds(2));
        Assert.StartsWith("never was\n", scene.Mastodon.Statuses[1].Text, StringComparison.Ordinal);
        Assert.Equal(scene.Mastodon.Writes.Count, scene.Mastodon.Statuses.Sum(status => 1 + status.Edits));
    }

    [Fact]
    public async Task Turn_PostTakenAway_IsPostedAnewOnceAndThenLeftAlone()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish();
        await scene.TurnAsync();
        var key = scene.Bluesky.Posts[0].Key;
        scene.Mastodon.Delete(scene.Status.Id);
        scene.Bluesky.Delete(key);
        scene.Publish(version: 2);
        await scene.TurnAsync();
        Assert.Contains("Updated", scene.Status.Text, StringComparison.Ordinal);
        Assert.NotEqual(key, Assert.Single(scene.Bluesky.Posts).Key);

        scene.Mastodon.Delete(scene.Status.Id);
        scene.Bluesky.Delete(scene.Bluesky.Posts[0].Key);
        scene.Publish(version: 3);
        scene.Publish(version: 4, ended: Outcome.AllClear);
        await scene.TurnAsync();
        scene.Publish(version: 5);
        await scene.TurnAsync();

        Assert.Empty(scene.Mastodon.Statuses);
        Assert.Empty(scene.Bluesky.Posts);
        Assert.Empty(scene.Bluesky.Replies);
        Assert.Equal(6, await scene.Store.PositionAsync($"bluesky/{BlueskyServer.Handle}", default) + 1);
    }

    [Fact]
    public async Task Turn_LedgerAway_ThrowsAndGoesOnAfterwards()
    {
        await using var scene = await DeliveryScene.StartAsync();
        scene.Publish();
        scene.Ledger.Fault = new LedgerUnavailableException("away on purpose");
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => scene.TurnAsync());
        scene.Ledger.Fault = null;
        await scene.TurnAsync();
        Assert.NotNull(scene.Status);
    }
}
