using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Posts.Classifier;
using CivicSignals.Tests.Areas;
using CivicSignals.Tests.Ingest;
using Microsoft.Extensions.Logging.Abstractions;

namespace CivicSignals.Tests.Posts;

/// <summary>The way of posts from what a network says to the real area core, with the texts in memory.</summary>
internal sealed class PostBench : IAsyncDisposable
{
    private readonly IngestBench _bench = new(kinds: FusionModel.Bundled());
    private readonly Lock _gate = new();
    private PostIntake _intake;

    public PostBench()
    {
        _intake = Intake(new PostMemory());
        _bench.Areas.Answer = (_, signals, _) =>
        {
            lock (_gate)
                return Task.FromResult(new OfferReceipt(Area.Hear(_bench.Time.GetUtcNow(), signals), null));
        };
    }

    public Scene Area { get; } = new();

    public MemoryPosts Store { get; } = new();

    public MessageTotals Account => _bench.Account.Read();

    /// <summary>The only open incident.</summary>
    public IncidentLine Incident => Area.Incidents.Last();

    /// <summary>ln odds of the only incident.</summary>
    public double LnOdds => Math.Log(Incident.Belief / (1 - Incident.Belief));

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    public void Pass(double minutes) => _bench.Time.Advance(TimeSpan.FromMinutes(minutes));

    /// <summary>Three alarms in a home of Elm Road: enough that belief has digits.</summary>
    public void Alarm() => Area.Hear(_bench.Time.GetUtcNow(), [.. ((string[])["fire.smoke", "fire.heat"]).Select((kind, i) => Scene.Home("p1", $"d{i}", kind, 0) with
    {
        ObservedAt = _bench.Time.GetUtcNow(),
        ReceivedAt = _bench.Time.GetUtcNow(),
    })]);

    public Task<MessageOutcome> SayAsync(PostChange change, string author, string id, string text = "", string? of = null, bool bot = false) => _intake.AcceptAsync(
        "bluesky",
        new PostReading(new PostEvent { Network = "bluesky", Change = change, Author = author, Id = id, Text = text, Url = $"https://posts.example/{id}", Of = of, Bot = bot }),
        100,
        _bench.Time.GetUtcNow()).AsTask();

    public Task<MessageOutcome> PostAsync(string author, string id, string text, string? of = null) => SayAsync(PostChange.Posted, author, id, text, of);

    /// <summary>As after a new start of the process.</summary>
    public async Task RestartAsync()
    {
        var memory = new PostMemory();
        await new PostRecall(Store, memory, _bench.Time).RunAsync(default);
        _intake = Intake(memory);
    }

    public Task<MessageOutcome> RejectAsync(string reason) => _intake.AcceptAsync("mastodon", PostReading.Reject(reason), 5, _bench.Time.GetUtcNow()).AsTask();

    private PostIntake Intake(PostMemory memory) => new(
        _bench.Pipeline, Store, memory, new Geoparser(SampleGazetteer.Gazetteer), ClassifiedReader.Bundled, NullLogger<PostIntake>.Instance);
}
