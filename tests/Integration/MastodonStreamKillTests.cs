using System.Globalization;
using CivicSignals.Tests.Ingest.Posts;

namespace CivicSignals.Tests.Integration;

/// <summary>As <see cref="PostStreamKillTests"/>, of servers whose streams remember nothing: the gap is filled from the timeline.</summary>
[Collection(PlatformCollection.Name)]
public sealed class MastodonStreamKillTests : IDisposable
{
    private const long First = 114_000_000_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("civic-posts-").FullName;
    private readonly int _port = PlatformProcess.FreePort();
    private readonly HttpClient _http = new() { Timeout = Patience.Answer };

    [Theory]
    [InlineData("sse")]
    [InlineData("websocket")]
    public async Task Kill_WhileReading_ReadsTheTimelineFromTheCursorAndSkipsNothing(string transport)
    {
        await using var server = await MastodonTestServer.StartAsync();
        var said = 0;
        void Say() => server.Post(First + ++said, $"post {said}");

        using (var killed = Start(server, transport))
        {
            await Patience.Until(() => Task.FromResult(server.Listeners > 0), "the stream", Patience.Start);
            await Patience.Until(
                async () =>
                {
                    Say();
                    return said > 100 && await ReceivedAsync() > 50 && LedgerFile.Cursors(Path.Combine(_folder, "ledger.db")) > 0;
                },
                "a kept cursor");
            killed.Kill();
        }

        for (var i = 0; i < 50; i++)
            Say();
        var asked = server.Requests.Count;
        using var again = Start(server, transport);
        await Patience.Until(() => Task.FromResult(server.Requests.Skip(asked).Any(IsOfTheTimeline)), "the timeline", Patience.Start);

        var cursor = Cursor(server.Requests.Skip(asked).First(IsOfTheTimeline));
        Assert.InRange(cursor, First + 1, First + said - 50); // Never ahead of what was said before the end.
        var missed = First + said - cursor;
        await Patience.Until(async () => await ReceivedAsync() == missed, "all since the cursor");

        Say();
        await Patience.Until(async () => await ReceivedAsync() == missed + 1, "what is new, once");
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private PlatformProcess Start(MastodonTestServer server, string transport) => PlatformProcess.Start(
        "--Http:Port", $"{_port}", "--Mqtt:Port", "0", "--Data:Path", _folder,
        "--Mastodon:Servers:0:Url", server.Url, "--Mastodon:Servers:0:AccessToken", MastodonTestServer.Token,
        "--Mastodon:Servers:0:Stream", "public", "--Mastodon:Servers:0:Transport", transport);

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

    private static bool IsOfTheTimeline(string request) => request.StartsWith("/api/v1/timelines/", StringComparison.Ordinal);

    private static long Cursor(string request) =>
        long.Parse(request.Split('?', '&').Single(part => part.StartsWith("min_id=", StringComparison.Ordinal))["min_id=".Length..], CultureInfo.InvariantCulture);
}
