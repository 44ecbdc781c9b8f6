using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;
using Microsoft.Extensions.Logging.Abstractions;

namespace CivicSignals.Tests.Ingest.Posts;

public sealed class BlueskyStreamTests
{
    private const long Noon = 1767960000000000; // 2026-01-09T12:00:00Z
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Read_AcrossEveryFault_TakesEachPostOnce(int version)
    {
        await using var server = await JetstreamServer.StartAsync(version);
        await using var bench = new StreamBench();
        bench.Cursors.Set("bluesky", $"{Noon}");
        foreach (var fault in new[] { Fault.Drop, Fault.Partial, Fault.Close, Fault.Drop, Fault.Drop, Fault.Garbage, Fault.Oversized })
            server.Faults.Enqueue((13, fault));
        var random = new Random(20260110);
        for (var i = 0; i < 100; i++)
            server.Post(Noon + (i * Second) + random.Next((int)(2 * Second)), $"k{i}", $"post {i}"); // not sorted by time, as the real one

        await bench.StartAsync(Source(server));
        await bench.UntilAsync(b => b.Posted.Count() == 100, "all posts");
        await bench.StopAsync();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"post {i}"), bench.Posted);
        Assert.Equal([Reasons.NotJson, Reasons.TooLarge], bench.Rejections.Order());
        Assert.True(version == 2 || bench.Repeated > 0, "nothing was repeated: there was no rewind");
    }

    [Fact]
    public async Task Read_Reconnect_RewindsFiveSecondsBehindTheNewestTime()
    {
        await using var server = await JetstreamServer.StartAsync(1);
        await using var bench = new StreamBench();
        bench.Cursors.Set("bluesky", $"{Noon}");
        server.Faults.Enqueue((2, Fault.Close)); // in order, so that both frames arrive
        server.Post(Noon + (9 * Second), "k1", "later");
        server.Post(Noon + (7 * Second), "k2", "earlier");
        server.Post(Noon + (10 * Second), "k3", "last");

        await bench.StartAsync(Source(server));
        await bench.UntilAsync(b => b.Posted.Count() == 3, "three posts");
        await bench.StopAsync();

        Assert.Equal([$"{Noon - (5 * Second)}", $"{Noon + (4 * Second)}"], server.Queries.Select(Cursor));
        Assert.Equal($"{Noon + (10 * Second)}", bench.Cursors["bluesky"]);
        Assert.Equal(2, bench.Repeated);
    }

    [Fact]
    public async Task Read_FirstStart_AsksForPostsFromNowOn()
    {
        await using var server = await JetstreamServer.StartAsync(1);
        await using var bench = new StreamBench();
        server.Post(Noon, "k0", "before");

        await bench.StartAsync(Source(server));
        await bench.UntilAsync(_ => !server.Queries.IsEmpty, "a connection");

        Assert.Equal("?wantedCollections=app.bsky.feed.post&wantedCollections=app.bsky.feed.repost&maxMessageSizeBytes=262144", server.Queries.Single());
        Assert.Empty(bench.Taken);
    }

    [Fact]
    public async Task Read_IntakeFails_StopsThereAndLosesNothing()
    {
        await using var server = await JetstreamServer.StartAsync(1);
        await using var bench = new StreamBench();
        bench.Cursors.Set("bluesky", $"{Noon}");
        var failures = 5;
        bench.Settles = reading => reading.Event?.Text == "post 5" && failures-- > 0 ? MessageStatus.Failed : MessageStatus.Accepted;
        for (var i = 0; i < 10; i++)
            server.Post(Noon + (i * 10 * Second), $"k{i}", $"post {i}");

        await bench.StartAsync(Source(server));
        await bench.UntilAsync(b => b.Posted.Count() == 10, "all posts");

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"post {i}"), bench.Posted);
        Assert.All(server.Queries.Skip(1), query => Assert.Equal($"{Noon + (35 * Second)}", Cursor(query)));
        Assert.Equal(6, server.Queries.Count);
    }

    [Fact]
    public async Task Read_IntakeFailsForGood_NeverSavesACursorBeyond()
    {
        await using var server = await JetstreamServer.StartAsync(1);
        await using var bench = new StreamBench { Settles = reading => reading.Event?.Text == "post 5" ? MessageStatus.Failed : MessageStatus.Accepted };
        bench.Cursors.Set("bluesky", $"{Noon}");
        for (var i = 0; i < 10; i++)
            server.Post(Noon + (i * 10 * Second), $"k{i}", $"post {i}");

        await bench.StartAsync(Source(server));
        await bench.UntilAsync(_ => server.Queries.Count > 3, "some reconnects");
        await bench.StopAsync();

        Assert.Equal($"{Noon + (40 * Second)}", bench.Cursors["bluesky"]);
    }

    [Fact]
    public async Task Read_Restart_ResumesFromTheCursorAndSkipsNothing()
    {
        await using var server = await JetstreamServer.StartAsync(2);
        await using var bench = new StreamBench();
        bench.Cursors.Set("bluesky", $"{Noon}");
        for (var i = 0; i < 10; i++)
            server.Post(Noon + (i * Second), $"k{i}", $"post {i}");
        await bench.StartAsync(Source(server));
        await bench.UntilAsync(b => b.Posted.Count() == 10, "the first ten");
        await bench.StopAsync();

        for (var i = 10; i < 20; i++)
            server.Post(Noon + (i * Second), $"k{i}", $"post {i}");
        await bench.StartAsync(Source(server));
        await bench.UntilAsync(b => b.Posted.Count() == 21, "the rest, and the last of the first again");

        Assert.Equal("10", Cursor(server.Queries.Last()));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"post {i}"), bench.Posted.Distinct());
    }

    [Fact]
    public async Task Read_CursorBelowTheFloor_GoesOnFromTheFloor()
    {
        await using var server = await JetstreamServer.StartAsync(2);
        await using var bench = new StreamBench();
        server.Floor = 3;
        for (var i = 1; i <= 5; i++)
            server.Post(Noon + (i * Second), $"k{i}", $"post {i}");
        bench.Cursors.Set("bluesky", $"{Noon} 1 {new Uri(server.Url).Authority}");

        await bench.StartAsync(Source(server));
        await bench.UntilAsync(b => b.Posted.Count() == 3, "what is left");

        Assert.Equal(["1", "3"], server.Queries.Select(Cursor));
        Assert.Equal(["post 3", "post 4", "post 5"], bench.Posted);
    }

    [Fact]
    public async Task Read_Deletion_ReachesTheIntakeAfterItsPost()
    {
        await using var server = await JetstreamServer.StartAsync(1);
        await using var bench = new StreamBench();
        bench.Cursors.Set("bluesky", $"{Noon}");
        server.Post(Noon, "k1", "smoke");
        server.Delete(Noon + 1, "k1");

        await bench.StartAsync(Source(server));
        await bench.UntilAsync(b => b.Taken.Count == 2, "both");

        Assert.Equal([PostChange.Posted, PostChange.Deleted], bench.Taken.Select(reading => reading.Event!.Change));
        Assert.All(bench.Taken, reading => Assert.Equal("at://did:plc:a/app.bsky.feed.post/k1", reading.Event!.Id));
    }

    [Theory]
    [InlineData(1, "compress=true", "jetstream_v1_dict_1612007021.zdict")]
    [InlineData(2, "zstdDictionary=20260811", "jetstream_v2_20260811.zdict")]
    public async Task Read_Compressed_IsReadAlikeAndABombClosesTheConnection(int version, string asked, string dictionary)
    {
        var file = Shared.File($"data/fixtures/{dictionary}");
        await using var server = await JetstreamServer.StartAsync(version);
        server.Dictionary = await File.ReadAllBytesAsync(file);
        await using var bench = new StreamBench();
        bench.Cursors.Set("bluesky", $"{Noon}");
        server.Faults.Enqueue((3, Fault.Bomb));
        for (var i = 0; i < 10; i++)
            server.Post(Noon + (i * Second), $"k{i}", $"post {i}");

        await bench.StartAsync(Source(server, new BlueskyOptions { Url = server.Url, Compress = true, DictionaryFile = version == 1 ? file : "" }));
        await bench.UntilAsync(b => b.Posted.Count() == 10, "all posts");

        Assert.Equal(2, server.Queries.Count);
        Assert.All(server.Queries, query => Assert.Contains(asked, query, StringComparison.Ordinal));
        Assert.Equal([Reasons.Undecodable], bench.Rejections);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"post {i}"), bench.Posted);
    }

    private static BlueskySource Source(JetstreamServer server, BlueskyOptions? options = null) =>
        new(options ?? new BlueskyOptions { Url = server.Url }, TimeSpan.FromSeconds(90), TimeProvider.System, NullLogger.Instance);

    private static string? Cursor(string query) => query.Split('&').SingleOrDefault(part => part.StartsWith("cursor=", StringComparison.Ordinal))?["cursor=".Length..];
}
