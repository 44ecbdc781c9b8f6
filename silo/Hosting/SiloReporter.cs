using CivicSignals.Dashboard.Operations;
using CivicSignals.Silo.Telemetry;
using CivicSignals.Silos;

namespace CivicSignals.Silo.Hosting;

/// <summary>Says on the board, every few seconds, how this silo is.</summary>
internal sealed class SiloReporter(IGrainFactory grains, ILocalSiloDetails here, OwnReport own, TimeProvider time, ILogger<SiloReporter> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await SayAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: its last word stays for a while.
        }
    }

    private async Task SayAsync(CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<ISiloBoard>(0).ReportAsync(own.Read(here.SiloAddress.Endpoint.ToString()), stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.ReportNotTaken(e);
        }
    }
}
