using System.Net;
using System.Net.Sockets;
using CivicSignals.Areas;
using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting.Cluster;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace CivicSignals.Silo.Hosting;

/// <summary>Orleans as this platform uses it.</summary>
internal static class GrainWiring
{
    /// <summary>Requests that may wait for one grain; beyond it a caller is refused and offers again. Ingest has one in flight per area.</summary>
    private const int MostWaitingPerGrain = 10_000;

    // Streams are pulled: the period is the price in latency of each push.
    private static readonly TimeSpan PullPeriod = TimeSpan.FromMilliseconds(10);

    /// <summary>The areas, with all that people and silos learn from them.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder)
    {
        var isClustered = builder.IsClustered();
        builder.AddAreas(silo =>
        {
            if (!isClustered)
                silo.AddHeadStream();
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        });
    }

    private static void AddHeadStream(this ISiloBuilder silo)
    {
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddMemoryStreams(LedgerHead.Provider, streams =>
        {
            streams.ConfigurePartitioning(1);
            streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = PullPeriod));
        });
    }

    /// <summary>The areas alone.</summary>
    /// <param name="builder">The platform.</param>
    /// <param name="also">What the silo gets besides.</param>
    public static void AddAreas(this IHostApplicationBuilder builder, Action<ISiloBuilder> also)
    {
        builder.AddSection<AreaOptions>("Areas", Problems);
        var isClustered = builder.IsClustered();
        builder.UseOrleans(silo =>
        {
            if (isClustered)
                silo.UseCluster();
            else // A free port, so that two platforms on one machine do not meet; no gateway, as all clients live in this process.
                silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "civic-signals", clusterId: "civic-signals");
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = MostWaitingPerGrain);
            also(silo);
        });
    }

    private static IEnumerable<string> Problems(AreaOptions options)
    {
        if (options.Zoom is < 8 or > 22)
            yield return $"Areas:Zoom: {options.Zoom} is not a zoom level (8..22)";
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
