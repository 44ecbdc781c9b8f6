using System.Threading.Channels;
using CivicSignals.Dashboard.Live;
using CivicSignals.Duties;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>Runs all deliveries, on one machine, each by itself, so that one network never waits for another. They look when the ledger grows, and every second anyhow.</summary>
internal sealed class DeliveryService(IReadOnlyList<Delivery> deliveries, IDuties duties, TimeProvider time, ILogger<DeliveryService> logger) : BackgroundService, ILedgerTail
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // One place each: wake-ups that come during a turn are one wake-up.
    private readonly Channel<bool>[] _wakes =
        [.. deliveries.Select(_ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }))];

    public void Wake()
    {
        foreach (var wakes in _wakes)
            wakes.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (deliveries.Count == 0)
            return;
        Wake();
        await using var look = time.CreateTimer(_ => Wake(), null, LookEvery, LookEvery);
        await Task.WhenAll(deliveries.Select((delivery, i) => duties.RunAsync($"delivery {delivery.Target}", token => FollowAsync(delivery, _wakes[i].Reader, token), stoppingToken)));
    }

    private async Task FollowAsync(Delivery delivery, ChannelReader<bool> wakes, CancellationToken cancellation)
    {
        var isFailing = false;
        try
        {
            while (await wakes.WaitToReadAsync(cancellation))
            {
                wakes.TryRead(out _);
                try
                {
                    await delivery.TurnAsync(cancellation);
                    isFailing = false;
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested)
                {
                    // The next turn, a second away, starts where this one stopped: only the first failure of an outage is news.
                    if (!isFailing)
                        logger.DeliveryTurnFailed(e);
                    isFailing = true;
                }
            }
        }
        finally
        {
            delivery.Leave();
        }
    }
}
