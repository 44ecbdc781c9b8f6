using System.Globalization;
using CivicSignals.Tests.Ingest.Posts;

namespace CivicSignals.Tests.Integration;

/// <summary>A stream of posts goes on where it was, whatever ends the platform.</summary>
[Collection(PlatformCollection.Name)]
public sealed class PostStreamKillTests
{
    private const long Second = 1_000_000;
    private const long Rewind = 5 * Second;

    [Fact]
    public async Task Kill_WhileReading_ResumesFromTheCursorAndSkipsNothing()
    {
        await using var server = await JetstreamServer.StartAsync(1);
        var begin = (TimeProvider.System.GetUtcNow().AddHours(-1) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var said = 0;
        void Say() => server.Post(begin + (++said * Second), $"k{said}", $"post {said}");
        await using var town = await Town.StartAsync(TownPlan.None, "--Bluesky:Url", server.Url);
        await Patience.Until(() => Task.FromResult(!server.Queries.IsEmpty), "the stream", Patience.Start);
        await Patience.Until(
            async () =>
            {
                Say();
                return said > 500 || (said > 200 && (await town.MetricsAsync()).Received > 150);
            },
            "posts");

        town.Kill();
        for (var i = 0; i < 50; i++)
            Say();
        await town.RestartAsync();
        await Patience.Until(() => Task.FromResult(server.Queries.Count == 2), "the stream again", Patience.Start);

        var cursor = Cursor(server.Queries.Last());
        var missed = Enumerable.Range(1, said).Count(i => begin + (i * Second) >= cursor);
        Assert.InRange(cursor, begin - Rewind, begin + ((said - 50) * Second) - Rewind);
        await Patience.Until(async () => (await town.MetricsAsync()).Received == missed, "all since the cursor");

        Assert.Equal(0, await town.StopAsync());
        await town.RestartAsync();
        await Patience.Until(() => Task.FromResult(server.Queries.Count == 3), "the stream after a stop", Patience.Start);
        Assert.Equal(begin + (said * Second) - Rewind, Cursor(server.Queries.Last()));
    }

    private static long Cursor(string query) =>
        long.Parse(query.Split('&').Single(part => part.StartsWith("cursor=", StringComparison.Ordinal))["cursor=".Length..], CultureInfo.InvariantCulture);
}
