using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CivicSignals.Tests.Ingest.Posts;

public sealed class MastodonStreamTests
{
    private const long First = 114_000_000_000_000_000;

    [Theory]
    [InlineData("sse")]
    [InlineData("websocket")]
    public async Task Read_AcrossEveryFault_TakesEachPostOnce(string transport)
    {
        await using var server = await MastodonTestServer.StartAsync();
        await using var bench = new StreamBench();
        var source = Source(server, transport);
        bench.Cursors.Set(source.Stream, $"{First}");
        foreach (var fault in new[] { Fault.Drop, Fault.Partial, Fault.Close, Fault.Drop, Fault.Garbage, Fault.Oversized })
            server.Faults.Enqueue((3, fault));
        await bench.StartAsync(source);

        for (var i = 1; i <= 60; i++)
        {
            server.Post(First + i, $"post {i}");
            if (i % 3 == 0)
                await bench.UntilAsync(b => b.Posted.Count() == i, $"post {i}");
        }

        Assert.Equal(Enumerable.Range(1, 60).Select(i => $"post {i}"), bench.Posted);
        Assert.Empty(server.Faults);
        Assert.Equal([transport == "sse" ? Reasons.NotJson : Reasons.BadShape, Reasons.TooLarge], bench.Rejections);
        await bench.StopAsync();
        Assert.Equal($"{First + 60}", bench.Cursors[source.Stream]);
    }

    [Theory]
    [InlineData("sse")]
    [InlineData("websocket")]
    public async Task Read_EditAndDeletion_ReachTheIntakeUnderThePostsId(string transport)
    {
        await using var server = await MastodonTestServer.StartAsync();
        await using var bench = new StreamBench();
        await bench.StartAsync(Source(server, transport));
        await bench.UntilAsync(_ => server.Listeners == 1, "a listener");

        server.Post(First, "smoke");
        server.Edit(First, "bbq", "2026-01-10T08:04:00Z");
        server.Say("status.update", """{"id":"7","visibility":"direct","content":"psst","account":{"acct":"a"}}""");
        server.Delete(First);
        await bench.UntilAsync(b => b.Taken.Count == 4, "four events");

        Assert.Equal([PostChange.Posted, PostChange.Edited, null, PostChange.Deleted], bench.Taken.Select(reading => reading.Event?.Change));
        Assert.All(bench.Taken.Where(reading => reading.Event is not null), reading => Assert.Equal($"mastodon:{server.Host}/{First}", reading.Event!.Id));
    }

    [Fact]
    public async Task Read_Reconnect_FillsTheGapPageByPage()
    {
        await using var server = await MastodonTestServer.StartAsync();
        server.PageSize = 7;
        await using var bench = new StreamBench();
        var source = Source(server, "sse");
        bench.Cursors.Set(source.Stream, $"{First}");
        for (var i = 1; i <= 30; i++)
            server.Post(First + i, $"post {i}");

        await bench.StartAsync(source);
        await bench.UntilAsync(b => b.Posted.Count() == 30, "the gap");

        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"post {i}"), bench.Posted);
        Assert.Contains($"/api/v1/timelines/public?min_id={First}&limit=40&local=true", server.Requests);
        Assert.Equal("/api/v1/streaming/public/local", server.Requests.First());
    }

    [Fact]
    public async Task Read_Hashtag_AsksForTheTag()
    {
        await using var server = await MastodonTestServer.StartAsync();
        await using var bench = new StreamBench();
        using var source = new MastodonSource(Options(server, "sse", "hashtag", "ElmRd"), TimeSpan.FromSeconds(90), TimeProvider.System, NullLogger.Instance);
        bench.Cursors.Set(source.Stream, "1");

        await bench.StartAsync(source);
        await bench.UntilAsync(_ => server.Requests.Count == 2, "two requests");

        Assert.Equal(["/api/v1/streaming/hashtag?tag=ElmRd", "/api/v1/timelines/tag/ElmRd?min_id=1&limit=40"], server.Requests);
    }

    [Theory]
    [InlineData(401, "sse")]
    [InlineData(403, "websocket")]
    [InlineData(404, "sse")]
    [InlineData(410, "websocket")]
    public async Task Read_Unwanted_StaysAwayForLong(int status, string transport)
    {
        await using var server = await MastodonTestServer.StartAsync();
        server.Refuses = status;

        var refused = await RefusedAsync(server, transport);

        Assert.Equal(StreamRefusedException.Unwanted, refused.Wait);
        Assert.DoesNotContain(MastodonTestServer.Token, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_RateLimited_StaysAwayUntilTheReset()
    {
        await using var server = await MastodonTestServer.StartAsync();
        (server.Refuses, server.ResetsAt) = (429, TimeProvider.System.GetUtcNow().AddMinutes(5));

        var refused = await RefusedAsync(server, "sse");

        Assert.InRange(refused.Wait!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    private static async Task<StreamRefusedException> RefusedAsync(MastodonTestServer server, string transport)
    {
        using var source = Source(server, transport);
        return await Assert.ThrowsAsync<StreamRefusedException>(() => source.ReadAsync(null!, CancellationToken.None)).WaitAsync(Patience.Answer);
    }

    private static MastodonSource Source(MastodonTestServer server, string transport) =>
        new(Options(server, transport, "public:local", ""), TimeSpan.FromSeconds(90), TimeProvider.System, NullLogger.Instance);

    private static MastodonServer Options(MastodonTestServer server, string transport, string stream, string tag) =>
        new() { Url = server.Url, AccessToken = MastodonTestServer.Token, Stream = stream, Tag = tag, Transport = transport };
}
