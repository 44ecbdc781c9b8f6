using System.Threading.Channels;
using CivicSignals.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace CivicSignals.Tests.Silo.Hosting;

public sealed class LedgerAnnouncerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Announce_ManyAtOnce_PublishesTheHighestLastAndNeverLess()
    {
        await using var platform = await RunningPlatform.StartAsync();
        var heard = Channel.CreateUnbounded<long>();
        var stream = platform.App.Services.GetRequiredService<IClusterClient>().GetStreamProvider(LedgerHead.Provider).GetStream<long>(LedgerHead.Id);
        await stream.SubscribeAsync((seq, _) => heard.Writer.WriteAsync(seq).AsTask());
        var announcer = platform.App.Services.GetRequiredService<ILedgerAnnouncer>();

        Parallel.For(1, 1001, seq => announcer.Announce(seq));

        var order = new List<long>();
        using var patience = new CancellationTokenSource(Patience);
        while (order.LastOrDefault() < 1000)
            order.Add(await heard.Reader.ReadAsync(patience.Token));
        Assert.Equal(order.Order(), order);
        Assert.Equal(order.Distinct(), order);
    }
}
