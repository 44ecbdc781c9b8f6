using System.Net.WebSockets;
using CivicSignals.Duties;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads one source, on one machine, for as long as the platform runs: whenever a connection ends it waits and comes back to where it was.</summary>
internal sealed class PostStream(IPostSource source, PostSink sink, Backoff backoff, IDuties duties, TimeProvider time, IngestMetrics metrics, ILogger<PostStream> log)
    : BackgroundService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duties.RunAsync($"stream {source.Stream}", ReadAsync, stoppingToken);

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        var recalled = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var since = time.GetTimestamp();
            var end = await TryAsync(async () =>
            {
                if (!recalled)
                    await sink.RecallAsync(stoppingToken);
                recalled = true;
                await source.ReadAsync(sink, stoppingToken);
            });
            if (stoppingToken.IsCancellationRequested)
                break;
            if (time.GetElapsedTime(since) >= Quiet)
                backoff.Reset();
            var wait = (end as StreamEndedException)?.Wait ?? backoff.Next();
            IngestLog.StreamEnded(log, source.Stream, Why(end), wait.TotalSeconds);
            metrics.Reconnect(source.Stream);
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // What is settled is settled; without this, the next start reads a second of it again.
        if (await TryAsync(sink.SaveAsync) is { } unsaved)
            IngestLog.CursorNotSaved(log, source.Stream, Why(unsaved));
    }

    public override void Dispose()
    {
        source.Dispose();
        base.Dispose();
    }

    /// <summary>How it ended; null: in order.</summary>
    private static async Task<Exception?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static string Why(Exception? end) => end switch
    {
        null => "the server closed it",
        StreamEndedException => end.Message,
        OperationCanceledException => "nothing was heard in time",
        WebSocketException socket => $"{socket.WebSocketErrorCode}",
        _ => $"{end.GetType().Name}: {end.Message}",
    };
}
