using System.Text;
using CivicSignals.Fusion;
using CivicSignals.Ingest.Feeds;
using CivicSignals.Signals;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>A local server, the real poller and formats, the pipeline with the real model's kinds, and areas and stores that remember.</summary>
internal sealed class FeedBench : IAsyncDisposable
{
    private readonly FeedClient _client;

    private FeedBench(FeedServer server)
    {
        Server = server;
        Ingest = new IngestBench(kinds: FusionModel.Bundled());
        _client = new FeedClient(Ingest.Time);
    }

    public FeedServer Server { get; }
    public IngestBench Ingest { get; }
    public MemoryFeedItems Items { get; } = new();
    public MemoryNotices Notices { get; } = new();
    public FeedClient Client => _client;

    public static async Task<FeedBench> StartAsync() => new(await FeedServer.StartAsync());

    /// <summary>A poller as after a start: it knows what is on disk and no more.</summary>
    public FeedPoll Poll(FeedOptions feed) => new(feed, Format(feed), _client, Ingest.Pipeline, Items, Ingest.Time);

    public IFeedFormat Format(FeedOptions feed) =>
        new FeedFormats(_client, Notices, FusionModel.Bundled(), Options.Create(new FeedsOptions())).Of(feed);

    /// <summary>Reads one body without a server.</summary>
    public Task<FeedReading> ReadAsync(string format, string body) => ReadAsync(format, Encoding.UTF8.GetBytes(body));

    public Task<FeedReading> ReadAsync(string format, byte[] body) =>
        Format(new FeedOptions { Url = "https://feed.example/f", Format = format }).ReadAsync(body, Ingest.Time.GetUtcNow(), TestContext.Current.CancellationToken);

    /// <summary>What a body says, as <see cref="Short(FeedReading)"/>.</summary>
    public async Task<string> SaysAsync(string format, string body) => Short(await ReadAsync(format, body));

    /// <summary>What areas have heard since they were last asked: <c>driver.crash+</c> began or goes on, <c>driver.crash-</c> ended.</summary>
    public string Heard()
    {
        var heard = string.Join(" ", Ingest.Areas.Signals.Select(signal => signal.Kind + (signal.Active ? "+" : "-")));
        Ingest.Areas.Offers.Clear();
        return heard;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Ingest.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>
    /// A reading, item by item: <c>driver.crash</c>, <c>-</c> for ambient, <c>!reason</c> for rejected; the same before a colon where all of it is rejected.
    /// </summary>
    public static string Short(FeedReading reading) => reading.Reason is { } reason ? $"!{reason}:" : string.Join(" ", reading.Items.Select(item => Short(item.Decoded)));

    private static string Short(CivicSignals.Ingest.Dialects.Decoded decoded) =>
        decoded.Reason is { } reason ? "!" + reason : decoded.Signals is [Signal signal] ? signal.Kind : "-";
}
