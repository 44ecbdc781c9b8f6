using CivicSignals.Areas;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Feeds;

/// <summary>
/// Asks one feed, once and again. What begins is written down before areas hear of it and struck off after they have heard its end, so a
/// crash at any moment leaves nothing that a later poll would not end; areas know repeats by themselves. One call at a time.
/// </summary>
internal sealed class FeedPoll(FeedOptions feed, IFeedFormat format, FeedClient client, SignalPipeline pipeline, IFeedItemStore store, TimeProvider time)
{
    /// <summary>Items on their way to areas at once.</summary>
    private const int Window = 256;

    private Dictionary<string, Signal>? _goingOn;
    private (FeedValidators? Validators, ReadOnlyMemory<byte> Body) _last;

    /// <summary>Polls. When the task completes without a failure, all that the feed says is on disk.</summary>
    /// <exception cref="LedgerUnavailableException">Something could not be kept; the next poll asks for all of it again.</exception>
    public async Task<FeedPollResult> RunAsync(CancellationToken cancellation)
    {
        _goingOn ??= (await store.GoingOnAsync(feed.Label, cancellation)).ToDictionary(signal => signal.Source);
        var answer = await client.GetAsync(feed, feed.Address, _last.Validators, cancellation);
        var now = time.GetUtcNow();
        if (answer.TooLarge)
            pipeline.RejectUnread(feed.Format, $"more than {FeedClient.MaxBytes} bytes", now);
        if (answer.Failure is not null)
            return new FeedPollResult { Failure = answer.Failure, RetryAfter = answer.RetryAfter, GoingOn = _goingOn.Count };

        // What has not changed is read again, for time has passed: something may begin now, or be over.
        var (validators, body) = answer.NotModified ? _last : (answer.Validators, answer.Body);
        _last = default; // Until all of it is kept.
        var reading = await format.ReadAsync(body, now, cancellation);
        if (reading.Reason is { } reason)
        {
            await pipeline.AcceptDecodedAsync(feed.Format, feed.Label, body.Length, now, Decoded.Reject(reason, reading.Detail));
            return new FeedPollResult { Failure = reason, GoingOn = _goingOn.Count };
        }

        var kept = await TakeAsync(reading, answer.NotModified, _goingOn, now);
        if (kept && !reading.Partial && validators is { IsEmpty: false })
            _last = (validators, body);
        return new FeedPollResult
        {
            Items = reading.Items.Count,
            GoingOn = _goingOn.Count,
            Failure = !kept ? "not all could be kept" : reading.Partial ? "some CAP files could not be read" : null,
        };
    }

    /// <summary>Hands on what a reading says; of one that was read before, only what goes on. False: not all could be kept.</summary>
    private async Task<bool> TakeAsync(FeedReading reading, bool again, Dictionary<string, Signal> goingOn, DateTimeOffset now)
    {
        var items = Newest(reading.Items, goingOn).FindAll(item => !again || item.Decoded.Signals.Count > 0);
        var said = items.SelectMany(item => item.Decoded.Signals).ToDictionary(signal => signal.Source);
        var moved = goingOn.Values.Where(signal => said.TryGetValue(signal.Source, out var says) && IsAnother(signal, says)).ToList();
        var kept = await EndAsync(moved, goingOn, now);
        await BeginAsync([.. said.Values.Where(signal => !goingOn.TryGetValue(signal.Source, out var was) || was != signal with { ReceivedAt = was.ReceivedAt })], goingOn);
        foreach (var some in items.Chunk(Window))
        {
            var outcomes = await Task.WhenAll(
                some.Select(item => pipeline.AcceptDecodedAsync(feed.Format, feed.Label, item.Bytes, now, item.Decoded).AsTask()));
            kept &= outcomes.All(outcome => outcome.Status != MessageStatus.Failed);
        }

        var over = goingOn.Values.Where(signal => !said.ContainsKey(signal.Source) && (!reading.Partial || signal.ValidUntil <= now));
        return await EndAsync([.. over], goingOn, now) && kept;
    }

    /// <summary>
    /// Of items that one source says, the one observed last; what is older than what the source said before, as from a stale cache, says it again.
    /// </summary>
    private static List<FeedItem> Newest(IReadOnlyList<FeedItem> items, Dictionary<string, Signal> goingOn)
    {
        var newest = new Dictionary<string, DateTimeOffset>();
        foreach (var signal in items.SelectMany(item => item.Decoded.Signals))
            newest[signal.Source] = newest.TryGetValue(signal.Source, out var other) && other > signal.ObservedAt ? other : signal.ObservedAt;
        var taken = new HashSet<string>();
        var result = new List<FeedItem>(items.Count);
        foreach (var item in items)
        {
            if (item.Decoded.Signals is not [var signal])
                result.Add(item);
            else if (signal.ObservedAt != newest[signal.Source] || !taken.Add(signal.Source))
                result.Add(item with { Decoded = Decoded.Ambient });
            else if (goingOn.TryGetValue(signal.Source, out var before) && before.ObservedAt > signal.ObservedAt)
                result.Add(item with { Decoded = Decoded.Of(before with { ReceivedAt = signal.ReceivedAt }) });
            else
                result.Add(item);
        }

        return result;
    }

    /// <summary>Whether a source now speaks of something else, or of somewhere else.</summary>
    private static bool IsAnother(Signal was, Signal signal) =>
        was.Kind != signal.Kind || was.Event != signal.Event
        || Geo.DistanceM(was.Place, signal.Place) > Math.Max(was.Place.UncertaintyM, signal.Place.UncertaintyM);

    private async Task BeginAsync(List<Signal> begun, Dictionary<string, Signal> goingOn)
    {
        if (begun.Count == 0)
            return;
        await store.WriteAsync(feed.Label, begun, []);
        foreach (var signal in begun)
            goingOn[signal.Source] = signal;
    }

    /// <summary>Tells areas what is over, then forgets it. False: some could not be told, and is told the next time.</summary>
    private async Task<bool> EndAsync(List<Signal> over, Dictionary<string, Signal> goingOn, DateTimeOffset now)
    {
        var ended = new List<Signal>(over.Count);
        foreach (var some in over.Chunk(Window))
        {
            var outcomes = await Task.WhenAll(
                some.Select(signal => pipeline.AcceptSignalAsync(signal with { Active = false, ObservedAt = now, ReceivedAt = now }).AsTask()));
            ended.AddRange(some.Zip(outcomes).Where(told => told.Second.Status != MessageStatus.Failed).Select(told => told.First));
        }

        if (ended.Count > 0)
            await store.WriteAsync(feed.Label, [], ended);
        foreach (var signal in ended)
            goingOn.Remove(signal.Source);
        return ended.Count == over.Count;
    }
}
