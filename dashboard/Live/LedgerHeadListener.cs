using CivicSignals.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace CivicSignals.Dashboard.Live;

/// <summary>Wakes all who follow the ledger by the Orleans stream. Without the stream they still look every second.</summary>
public sealed class LedgerHeadListener(IServiceProvider services, IEnumerable<ILedgerTail> tails, ILogger<LedgerHeadListener> logger) : IHostedLifecycleService
{
    private StreamSubscriptionHandle<long>? _subscription;

    /// <summary>After everything has started: the silo takes no subscription before.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (services.GetService<IClusterClient>() is not { } client)
            {
                logger.HeadStreamAbsent();
                return;
            }

            if (services.GetKeyedService<IStreamProvider>(LedgerHead.Provider) is null)
                return; // Silos of a cluster are told otherwise.
            var stream = client.GetStreamProvider(LedgerHead.Provider).GetStream<long>(LedgerHead.Id);
            _subscription = await stream.SubscribeAsync((_, _) =>
            {
                foreach (var tail in tails)
                    tail.Wake();
                return Task.CompletedTask;
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.HeadStreamFailed(e);
        }
    }

    /// <summary>Before anything stops: the silo must still be there to forget the subscription.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_subscription is not null)
                await _subscription.UnsubscribeAsync().WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.HeadStreamFailed(e);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
