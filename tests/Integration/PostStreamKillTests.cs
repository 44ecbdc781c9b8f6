using System.Globalization;
using CivicSignals.Tests.Ingest.Posts;

namespace CivicSignals.Tests.Integration;

/// <summary>A stream of posts goes on where it was, whatever ends the platform.</summary>
[Collection(PlatformCollection.Name)]
public sealed class PostStreamKillTests : IDisposable
{
    private const long Second = 1_000_000;
    private const long Rewind = 5 * Second;

    private readonly string _folder = Directory.CreateTempSubdirectory("civic-posts-").FullName;
    private readonly int _port = PlatformProcess.FreePort();
    private readonly HttpClient _http = new() { Timeout = Patience.Answer };

    [Fact]
    public async Task Kill_WhileReading_ResumesFromTheCursorAndSkipsNothing()
    {
        await using var server = await JetstreamServer.StartAsync(1);
        var begin = (TimeProvider.System.GetUtcNow().AddHours(-1) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var said = 0;
        void Say() => server.Post(begin + (++said * Second), $"k{said}", $"post {said}");

        using (var killed = Start(server))
        {
            await Patience.Until(() => Task.FromResult(!server.Queries.IsEmpty), "the stream", Patience.Start);
            await Patience.Until(
                async () =>
                {
                    Say();
                    return said > 500 || (said > 200 && (await ReceivedAsync()) > 150);
                },
                "posts");
            killed.Kill();
        }

        for (var i = 0; i < 50; i++)
            Say();
        using var again = Start(server);
        await Patience.Until(() => Task.FromResult(server.Queries.Count == 2), "the stream again", Patience.Start);

        var cursor = Cursor(server.Queries.Last());
        var missed = Enumerable.Range(1, said).Count(i => begin + (i * Second) >= cursor);
        Assert.InRange(cursor, begin - Rewind, begin + ((said - 50) * Second) - Rewind);
        await Patience.Until(async () => await ReceivedAsync() == missed, "all since the cursor");

        Assert.Equal(0, await again.StopAsync());
        using var last = Start(server);
        await Patience.Until(() => Task.FromResult(server.Queries.Count == 3), "the stream after a stop", Patience.Start);
        Assert.Equal(begin + (said * Second) - Rewind, Cursor(server.Queries.Last()));
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private PlatformProcess Start(JetstreamServer server) => PlatformProcess.Start(
        "--Http:Port", $"{_port}", "--Mqtt:Port", "0", "--Data:Path", _folder, "--Bluesky:Url", server.Url);

    private async Task<long> ReceivedAsync()
    {
        try
        {
            return Scrape.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/metrics"))).Received;
        }
        catch (HttpRequestException)
        {
            return 0; // It does not answer yet.
        }
    }

    private static long Cursor(string query) =>
        long.Parse(query.Split('&').Single(part => part.StartsWith("cursor=", StringComparison.Ordinal))["cursor=".Length..], CultureInfo.InvariantCulture);
}
