using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every store of posts must do.</summary>
public abstract class PostSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    [Fact]
    public async Task KeepAsync_AfterReopening_IsAsWritten()
    {
        var posts = (KeptPost[])[Post("1"), Post("2") with { Group = null, Text = "Tân ar Ffordd Elm 🔥\n\"'<b>", Url = "" }];
        foreach (var post in posts)
            await Posts.KeepAsync(post);
        await CloseAsync();
        await OpenAsync();

        Assert.Equal(posts, (await Posts.FindAsync(["1", "2", "3"], default)).OrderBy(post => post.Key));
        Assert.Empty(await Posts.FindAsync([], default));
    }

    [Fact]
    public async Task KeepAsync_SameKey_Replaces()
    {
        await Posts.KeepAsync(Post("1"));
        var edited = Post("1") with { Text = "another", Kind = "post.gas", Place = new Place(54, -2, 10) };
        await Posts.KeepAsync(edited);
        Assert.Equal([edited], await Posts.FindAsync(["1"], default));
    }

    [Fact]
    public async Task ForgetBeforeAsync_RemovesTheOlderOnly()
    {
        await Posts.KeepAsync(Post("1"));
        await Posts.KeepAsync(Post("2") with { At = Post("1").At.AddMilliseconds(1) });
        await Posts.ForgetBeforeAsync(Post("1").At.AddMilliseconds(1));
        Assert.Equal("2", Assert.Single(await Posts.FindAsync(["1", "2"], default)).Key);
    }

    [Fact]
    public async Task OfSourceAsync_IsAllOfOneAuthor()
    {
        await Posts.KeepAsync(Post("1"));
        await Posts.KeepAsync(Post("2") with { Source = "posts/other" });
        await Posts.KeepAsync(Post("3"));
        Assert.Equal(["1", "3"], (await Posts.OfSourceAsync("posts/a", default)).Select(post => post.Key));
    }

    [Fact]
    public async Task RecentAsync_IsNewestFirstSinceAMomentUpToALimit()
    {
        for (var i = 0; i < 5; i++)
            await Posts.KeepAsync(Post($"{i}") with { At = T0.AddMinutes(i) });
        Assert.Equal(["4", "3"], (await Posts.RecentAsync(T0.AddMinutes(2), 2, default)).Select(post => post.Key));
        Assert.Equal(["4", "3", "2"], (await Posts.RecentAsync(T0.AddMinutes(2), 10, default)).Select(post => post.Key));
    }

    [Fact]
    public async Task ForgetAsync_RemovesThoseAndNoOthers()
    {
        await Posts.KeepAsync(Post("1"));
        await Posts.KeepAsync(Post("2"));
        await Posts.ForgetAsync(["1", "unknown"]);
        Assert.Equal("2", Assert.Single(await Posts.RecentAsync(T0, 10, default)).Key);
        await Posts.ForgetAsync(["1"]);
        await Posts.KeepAsync(Post("1"));
        Assert.Equal(2, (await Posts.RecentAsync(T0, 10, default)).Count);
    }

    [Fact]
    public async Task SaveCursorAsync_AfterReopening_IsTheLast()
    {
        Assert.Null(await Posts.CursorAsync("bluesky", default));
        await Posts.SaveCursorAsync("bluesky", "1");
        await Posts.SaveCursorAsync("bluesky", "2");
        await Posts.SaveCursorAsync("mastodon", "3");
        await CloseAsync();
        await OpenAsync();
        Assert.Equal(("2", "3"), (await Posts.CursorAsync("bluesky", default), await Posts.CursorAsync("mastodon", default)));
    }

    private static KeptPost Post(string key) =>
        new(key, "posts/a", $"Fire on Elm Road {key}", $"https://posts.example/{key}", T0, "post.fire", new Place(53.0466, -2.9925, 150), "g");
}
