using CivicSignals.Areas;
using CivicSignals.Duties;
using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;

namespace CivicSignals.Silo.Hosting;

/// <summary>Wakes the areas that have something to close, whether or not they are in memory.</summary>
internal sealed class AreaClock(ILedger ledger, IGrainFactory grains, IDuties duties, TimeProvider time, WorkMetrics metrics, ILogger<AreaClock> log) : BackgroundService
{
    private const int MostAtOnce = 5_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duties.RunAsync("area-clock", KeepTickingAsync, stoppingToken);

    private async Task KeepTickingAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TickDueAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is due stays in the ledger and is found at the next start.
        }
    }

    private async Task TickDueAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<string> due;
        try
        {
            due = await ledger.DueAreasAsync(time.GetUtcNow(), MostAtOnce, stoppingToken);
        }
        catch (LedgerUnavailableException e)
        {
            log.DueAreasUnknown(e);
            return;
        }

        var bounds = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(due, bounds, TickAsync);
    }

    private async ValueTask TickAsync(string area, CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IAreaGrain>(area).TickAsync(stoppingToken);
            metrics.Ticked(succeeded: true);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            metrics.Ticked(succeeded: false);
            log.TickFailed(e, area);
        }
    }
}
