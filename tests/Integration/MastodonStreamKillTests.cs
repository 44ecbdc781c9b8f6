using System.Globalization;
using CivicSignals.Tests.Ingest.Posts;

namespace CivicSignals.Tests.Integration;

/// <summary>As <see cref="PostStreamKillTests"/>, of servers whose streams remember nothing: the gap is filled from the timeline.</summary>
[Collection(PlatformCollection.Name)]
public sealed class MastodonStreamKillTests
{
    private const long First = 114_000_000_000_000_000;

    [Theory]
    [InlineData("sse")]
    [InlineData("websocket")]
    public async Task Kill_WhileReading_ReadsTheTimelineFromTheCursorAndSkipsNothing(string transport)
    {
        await using var server = await MastodonTestServer.StartAsync();
        var said = 0;
        void Say() => server.Post(First + ++said, $"post {said}");

        await using var town = await Town.StartAsync(
            TownPlan.None,
            "--Mastodon:Servers:0:Url", server.Url, "--Mastodon:Servers:0:AccessToken", MastodonTestServer.Token,
            "--Mastodon:Servers:0:Stream", "public", "--Mastodon:Servers:0:Transport", transport);
        await Patience.Until(() => Task.FromResult(server.Listeners > 0), "the stream", Patience.Start);
        await Patience.Until(
            async () =>
            {
                Say();
                return said > 100 && (await town.MetricsAsync()).Received > 50 && town.Ledger.Cursors() > 0;
            },
            "a kept cursor");

        town.Kill();
        for (var i = 0; i < 50; i++)
            Say();
        var asked = server.Requests.Count;
        await town.RestartAsync();
        await Patience.Until(() => Task.FromResult(server.Requests.Skip(asked).Any(IsOfTheTimeline)), "the timeline", Patience.Start);

        var cursor = Cursor(server.Requests.Skip(asked).First(IsOfTheTimeline));
        Assert.InRange(cursor, First + 1, First + said - 50); // Never ahead of what was said before the end.
        var missed = First + said - cursor;
        await Patience.Until(async () => (await town.MetricsAsync()).Received == missed, "all since the cursor");

        Say();
        await Patience.Until(async () => (await town.MetricsAsync()).Received == missed + 1, "what is new, once");
    }

    private static bool IsOfTheTimeline(string request) => request.StartsWith("/api/v1/timelines/", StringComparison.Ordinal);

    private static long Cursor(string request) =>
        long.Parse(request.Split('?', '&').Single(part => part.StartsWith("min_id=", StringComparison.Ordinal))["min_id=".Length..], CultureInfo.InvariantCulture);
}
