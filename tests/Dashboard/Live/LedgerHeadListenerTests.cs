using System.Net;
using System.Net.Sockets;
using CivicSignals.Dashboard.Live;
using CivicSignals.Ledger;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Dashboard.Live;

public sealed class LedgerHeadListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Push_OnTheHeadStream_WakesTheHubThoughItsClockStandsStill()
    {
        var ledger = new MemoryLedger();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), gatewayPort: 0)
            .AddMemoryGrainStorage("PubSubStore")
            .AddMemoryStreams(LedgerHead.Provider, streams => streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10)))));
        var options = Options.Create(new LiveOptions());
        builder.Services.AddSingleton(services => new LiveHub(ledger, new FakeTimeProvider(Entries.Start), options, services.GetRequiredService<ILogger<LiveHub>>()));
        builder.Services.AddSingleton<ILedgerTail>(services => services.GetRequiredService<LiveHub>());
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveHub>()).AddHostedService<LedgerHeadListener>();
        using var host = builder.Build();
        await host.StartAsync().WaitAsync(Patience);

        var hub = host.Services.GetRequiredService<LiveHub>();
        using var client = hub.Open(LiveFilter.ControlRoom, 0);
        await using var frames = client.FramesAsync(default).GetAsyncEnumerator();
        var first = frames.MoveNextAsync().AsTask();
        var head = host.Services.GetRequiredService<IClusterClient>().GetStreamProvider(LedgerHead.Provider).GetStream<long>(LedgerHead.Id);
        await head.OnNextAsync(ledger.Append(Entries.Incident())).WaitAsync(Patience);

        Assert.True(await first.WaitAsync(Patience));
        Assert.Equal(1, frames.Current[0].Seq);
        await host.StopAsync().WaitAsync(Patience);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
