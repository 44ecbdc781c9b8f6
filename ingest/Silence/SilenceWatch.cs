using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Silence;

/// <summary>Looks, again and again, for who has fallen silent, and writes facts down behind the messages: a crash loses some seconds of them.</summary>
internal sealed class SilenceWatch(
    HomesDialect homes,
    GatewayWatch gateways,
    DeviceWatch devices,
    Absences absences,
    PowerCutWatch powerCuts,
    Nuisances nuisances,
    FactBook book,
    Registry registry,
    IngestMetrics metrics,
    IHomeFactStore store,
    TimeProvider time,
    ILogger<SilenceWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Devices are looked at, and erased homes forgotten, once in so many periods.</summary>
    private const int Seldom = 12;

    private int _round;

    /// <summary>Before the first message: what was so when the platform stopped still is.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var (facts, cuts) = await store.OpenAsync(cancellationToken);
        book.Load(facts);
        powerCuts.Load(cuts);
        metrics.Watch(registry, book);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync();
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        gateways.Look(now);
        absences.Look(now);
        await powerCuts.LookAsync(now);
        if (_round++ % Seldom == 0)
        {
            devices.Look(homes.Homes, now);
            book.ForgetErased();
            await JudgeAsync(now, cancellation);
        }

        await WriteAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the last is written then.
        }
    }

    private async Task JudgeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await nuisances.EndOldAsync(now, cancellation); // First: it counts what is written down, and what is judged now is not yet.
            await nuisances.JudgeAsync(now, cancellation);
        }
        catch (LedgerUnavailableException e)
        {
            IngestLog.FactsNotRecorded(log, e);
        }
    }

    private async Task WriteAsync()
    {
        var (facts, cuts) = (book.TakeChanges(), powerCuts.TakeChanges());
        if (facts.Count == 0 && cuts.Count == 0)
            return;
        try
        {
            await store.WriteAsync(facts, cuts);
        }
        catch (LedgerUnavailableException e)
        {
            IngestLog.FactsNotRecorded(log, e); // All is kept, for the next time.
            book.PutBack(facts);
            powerCuts.PutBack(cuts);
        }
    }
}
