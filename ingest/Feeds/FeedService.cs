using CivicSignals.Duties;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Feeds;

/// <summary>Polls every configured feed, on one machine, each on its own: what happens to one harms no other.</summary>
internal sealed class FeedService(
    IOptions<FeedsOptions> options,
    FeedFormats formats,
    FeedClient client,
    SignalPipeline pipeline,
    IFeedItemStore store,
    FeedStates states,
    IngestMetrics metrics,
    IDuties duties,
    TimeProvider time,
    ILogger<FeedService> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Watch(states, time);
        return Task.WhenAll(options.Value.All.Select(feed => duties.RunAsync($"feed {feed.Label}", token => KeepPollingAsync(feed, token), stoppingToken)));
    }

    private async Task KeepPollingAsync(FeedOptions feed, CancellationToken cancellation)
    {
        await Task.Yield(); // The start does not wait for feeds.
        var poll = new FeedPoll(feed, formats.Of(feed), client, pipeline, store, time);
        var rhythm = new FeedRhythm(TimeSpan.FromSeconds(feed.Every), new Random(feed.Label.Sum(c => c)));
        try
        {
            while (true)
            {
                var result = await PollAsync(feed, poll, cancellation);
                var wait = rhythm.After(result);
                Note(feed, result, wait);
                await Task.Delay(wait, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopping: what was not taken is taken after the next start.
        }
    }

    private async Task<FeedPollResult> PollAsync(FeedOptions feed, FeedPoll poll, CancellationToken cancellation)
    {
        states.Change(feed.Label, state => state with { NextAt = null });
        try
        {
            return await poll.RunAsync(cancellation);
        }
        catch (LedgerUnavailableException e)
        {
            IngestLog.FeedNotKept(log, e, feed.Label);
            return new FeedPollResult { Failure = "the ledger is unavailable" };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            IngestLog.FeedFault(log, e, feed.Label);
            return new FeedPollResult { Failure = Reasons.DecoderFault };
        }
    }

    private void Note(FeedOptions feed, FeedPollResult result, TimeSpan wait)
    {
        var now = time.GetUtcNow();
        var good = result.Failure is null;
        states.Change(feed.Label, state =>
        {
            if (good && (state.SucceededAt is null || state.Failure is not null))
                IngestLog.FeedRead(log, feed.Label, result.Items, result.GoingOn);
            else if (!good && state.Failure != result.Failure)
                IngestLog.FeedFailed(log, feed.Label, result.Failure!, (int)wait.TotalSeconds);
            return state with
            {
                Polls = state.Polls + 1,
                Failures = state.Failures + (good ? 0 : 1),
                Items = good ? result.Items : state.Items,
                GoingOn = result.GoingOn,
                SucceededAt = good ? now : state.SucceededAt,
                Failure = result.Failure,
                NextAt = now + wait,
            };
        });
    }
}
