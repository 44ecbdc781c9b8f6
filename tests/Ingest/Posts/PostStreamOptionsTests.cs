using CivicSignals.Ingest.Posts;

namespace CivicSignals.Tests.Ingest.Posts;

public sealed class PostStreamOptionsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("wss://jetstream1.us-east.bsky.network/subscribe", true)]
    [InlineData("https://jetstream.example/xrpc/network.bsky.jetstream.subscribeEvents", true)]
    [InlineData("ws://127.0.0.1:6008/subscribe", true)]
    [InlineData("ws://[::1]:6008/subscribe", true)]
    [InlineData("http://localhost/subscribe", true)]
    [InlineData("ws://jetstream.example/subscribe", false)]
    [InlineData("ws://127.0.0.1.example/subscribe", false)]
    [InlineData("ws://10.0.0.1/subscribe", false)]
    [InlineData("wss://jetstream.example/elsewhere", false)]
    [InlineData("wss://user:secret@jetstream.example/subscribe", false)]
    [InlineData("file:///subscribe", false)]
    [InlineData("/subscribe", false)]
    public void Validate_BlueskyUrl_IsEncryptedOrHere(string url, bool valid)
    {
        var result = new BlueskyOptionsValidator().Validate(null, new BlueskyOptions { Url = url });

        Assert.Equal(valid, result.Succeeded);
        Assert.True(valid || result.FailureMessage!.StartsWith("Bluesky:Url ", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_CompressionWithoutItsDictionary_NamesTheKey()
    {
        var result = new BlueskyOptionsValidator().Validate(null, new BlueskyOptions { Url = "wss://j.example/subscribe", Compress = true, DictionaryFile = "none" });

        Assert.StartsWith("Bluesky:DictionaryFile ", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://m.example", "t", "public", "", "sse", null)]
    [InlineData("https://m.example", "t", "hashtag", "ElmRd", "websocket", null)]
    [InlineData("http://m.example", "t", "public", "", "sse", "Url")]
    [InlineData("https://m.example/path", "t", "public", "", "sse", "Url")]
    [InlineData("", "t", "public", "", "sse", "Url")]
    [InlineData("https://m.example", "", "public", "", "sse", "AccessToken")]
    [InlineData("https://m.example", "a\r\nb", "public", "", "sse", "AccessToken")]
    [InlineData("https://m.example", "t", "user", "", "sse", "Stream")]
    [InlineData("https://m.example", "t", "hashtag", "", "sse", "Tag")]
    [InlineData("https://m.example", "t", "hashtag", "a&b", "sse", "Tag")]
    [InlineData("https://m.example", "t", "public", "", "pigeon", "Transport")]
    public void Validate_MastodonServer_NamesTheKey(string url, string token, string stream, string tag, string transport, string? key)
    {
        var options = new MastodonOptions();
        options.Servers.Add(new MastodonServer { Url = url, AccessToken = token, Stream = stream, Tag = tag, Transport = transport });

        var result = new MastodonOptionsValidator().Validate(null, options);

        Assert.Equal(key is null, result.Succeeded);
        Assert.True(key is null || result.FailureMessage!.StartsWith($"Mastodon:Servers:0:{key} ", StringComparison.Ordinal), result.FailureMessage);
        Assert.True(result.Succeeded || token.Length < 2 || !result.FailureMessage!.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public void Next_Waits_GrowWithinBoundsAndStartAgain()
    {
        var backoff = new Backoff(new Random(20260110), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

        var waits = Enumerable.Range(0, 10).Select(_ => backoff.Next().TotalSeconds).ToList();
        backoff.Reset();

        Assert.All(waits.Zip([2.0, 4, 8, 16, 32, 60, 60, 60, 60, 60]), wait => Assert.InRange(wait.First, wait.Second / 2, wait.Second));
        Assert.True(waits.Distinct().Count() == 10, "they all wait alike");
        Assert.InRange(backoff.Next().TotalSeconds, 1, 2);
    }

    [Theory]
    [InlineData("1767960000000000", 1, "h", 1767959995000000)]
    [InlineData("1767960000000000", 2, "h", 1767959995000000)]
    [InlineData("1767960000000000 7 h", 2, "h", 7L)]
    [InlineData("1767960000000000 7 h", 2, "other", 1767959995000000)]
    [InlineData("1767960000000000 7 h", 1, "h", 1767959995000000)]
    [InlineData("garbage", 1, "h", null)]
    [InlineData(null, 1, "h", null)]
    public void At_Cursor_IsWhatTheServerUnderstands(string? text, int version, string host, long? cursor) =>
        Assert.Equal(cursor, BlueskyCursor.Parse(text).At(host, version));

    [Fact]
    public void After_TimeYetToCome_LeavesNoGap()
    {
        var now = DateTimeOffset.UnixEpoch.AddMicroseconds(1767960000000000);

        Assert.Equal(5, new BlueskyCursor(5, 0, "").After(new JetstreamMark(1767960000000000 + 120_000_000, 0, 0, null), "h", now).Micros);
        Assert.Equal(5, new BlueskyCursor(5, 0, "").After(new JetstreamMark(4, 0, 0, null), "h", now).Micros);
    }

    [Fact]
    public void Contains_OldKeys_AreForgotten()
    {
        var keys = new RecentKeys(2);
        keys.Add(1);
        keys.Add(1);
        keys.Add(2);
        keys.Add(3);

        Assert.Equal((false, true, true), (keys.Contains(1), keys.Contains(2), keys.Contains(3)));
    }
}
