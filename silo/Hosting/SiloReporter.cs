using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Duties;
using CivicSignals.Silo.Telemetry;
using CivicSignals.Silos;

namespace CivicSignals.Silo.Hosting;

/// <summary>Says on the board, every few seconds, how this silo is.</summary>
internal sealed class SiloReporter(
    IGrainFactory grains, ILocalSiloDetails here, AreaCount areas, MessageAccount account, DeadLetters letters, Latencies latencies, DeliveryBoard deliveries, IDuties duties,
    TimeProvider time, ILogger<SiloReporter> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var startedAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await SayAsync(startedAt, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: its last word stays for a while.
        }
    }

    private async Task SayAsync(DateTimeOffset startedAt, CancellationToken stoppingToken)
    {
        var report = new SiloReport
        {
            Silo = here.SiloAddress.Endpoint.ToString(),
            StartedAt = startedAt,
            At = time.GetUtcNow(),
            Areas = areas.Held,
            Messages = account.Read(),
            AlertMs = latencies.Alerts.Within(0.99)?.TotalMilliseconds,
            CommitMs = latencies.Commits.Within(0.99)?.TotalMilliseconds,
            Duties = [.. duties.Held.Order(StringComparer.Ordinal)],
            Rejected = letters.Newest(SiloReport.MostRejected),
            Deliveries = deliveries.States,
        };
        try
        {
            await grains.GetGrain<ISiloBoard>(0).ReportAsync(report, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.ReportNotTaken(e);
        }
    }
}
