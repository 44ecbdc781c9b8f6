using CivicSignals.Dashboard.Live;
using CivicSignals.Silo.Telemetry;
using Npgsql;

namespace CivicSignals.Silo.Hosting.Cluster;

/// <summary>Wakes all on this silo who follow the ledger when any silo says that it has grown. While the database is away they look by themselves, every second.</summary>
internal sealed class NotifyListener(NpgsqlDataSource source, IEnumerable<ILedgerTail> tails, TimeProvider time, ILogger<NotifyListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A connection that has said nothing for so long is asked whether it is still there.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isLost = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => isLost = false, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isLost)
                    log.PushesNotHeard(e);
                isLost = true;
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(Action heard, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        connection.Notification += (_, _) => Wake();
        await using var listen = new NpgsqlCommand($"LISTEN {NotifyPush.Channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellation);
        heard();
        Wake(); // For what was said while nobody listened.
        await using var probe = new NpgsqlCommand("SELECT 1", connection);
        while (true)
        {
            if (!await connection.WaitAsync(Quiet, cancellation))
                await probe.ExecuteNonQueryAsync(cancellation);
        }
    }

    private void Wake()
    {
        foreach (var tail in tails)
            tail.Wake();
    }
}
