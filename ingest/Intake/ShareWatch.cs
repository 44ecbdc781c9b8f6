using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Intake;

/// <summary>Sees to it that every share is read somewhere: when a machine has gone, its shares come up elsewhere before anybody speaks.</summary>
internal sealed class ShareWatch(IGrainFactory grains, TimeProvider time, ILogger<ShareWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await Task.WhenAll(Enumerable.Range(0, Share.Count).Select(share => WatchAsync(share, stoppingToken)));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the other machines watch on.
        }
    }

    private async Task WatchAsync(int share, CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IIntakeGrain>(share).WatchAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            IngestLog.ShareNotWatched(log, e, share);
        }
    }
}
