using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;

namespace CivicSignals.Silo.Hosting;

/// <summary>Pushes the ledger's head: the highest number announced, one push in flight.</summary>
internal sealed class LedgerAnnouncer(IHeadPush head, WorkMetrics metrics, ILogger<LedgerAnnouncer> log) : BackgroundService, ILedgerAnnouncer
{
    /// <summary>Between pushes: under load one push stands for many commits, alone a push goes out at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Lock _gate = new();
    private long _highest;
    private long _published;

    public void Announce(long seq)
    {
        lock (_gate)
        {
            if (seq <= _highest)
                return;
            _highest = seq;
            if (_news.CurrentCount == 0)
                _news.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _news.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _news.WaitAsync(stoppingToken);
                var seq = Volatile.Read(ref _highest);
                if (seq > _published)
                    await PublishAsync(seq);
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PublishAsync(long seq)
    {
        try
        {
            await head.PushAsync(seq);
            _published = seq;
            metrics.Announced(succeeded: true);
        }
        catch (Exception e)
        {
            // Listeners also read on by themselves: a lost push is late, not missing.
            metrics.Announced(succeeded: false);
            log.AnnouncementFailed(e, seq);
        }
    }
}
