using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>Runs what was asked for and reports it.</summary>
internal static class Suite
{
    private static readonly LoadShape[] Shapes = [new(50, 20), new(500, 4)];

    public static async Task RunAsync(BenchOptions options)
    {
        var report = new Report(options);
        if (options.Verb is "all" or "decode")
            report.WriteDecoding(Decoding.MeasureAll());
        if (options.Verb is "all" or "posts")
            report.WritePosts(PostCost.Measure(options.Gazetteer));
        if (options.Verb is "all" or "fold")
            report.WriteFolding(FoldCost.MeasureAll(options.Rounds));
        if (options.Verb == "cluster")
            report.WriteCluster(await ClusterCost.MeasureAsync(options, options.Database ?? throw new FormatException("cluster needs --database")));
        if (options.Verb == "soak")
            report.WriteSoak(await SoakAsync(options));
        if (options.Verb is not ("decode" or "posts" or "fold" or "cluster" or "soak"))
            await MeasureServersAsync(options, report);
        report.Save();
    }

    private static async Task<IReadOnlyList<Soak>> SoakAsync(BenchOptions options)
    {
        using var platform = await Soak.StartAsync(options);
        var workload = new Workload(Soak.Cycle);
        await AnnounceAsync(platform.MqttPort, workload);
        return await Soak.MeasureAsync(options, platform, workload);
    }

    private static async Task MeasureServersAsync(BenchOptions options, Report report)
    {
        using var bare = options.Verb == "latency" ? null : await Bare.StartAsync();
        using var platform = options.Verb == "bare" ? null : await Platform.StartAsync(options.Silo);
        var token = platform is null || options.Verb == "throughput" ? "" : options.Token ?? await platform.TokenAsync();
        var workload = new Workload();
        if (platform is not null)
            await AnnounceAsync(platform.MqttPort, workload);

        if (options.Verb != "latency")
        {
            foreach (var shape in Shapes)
                report.Add(await Throughput.MeasureAsync(options, shape, bare!, platform, workload));
            report.WriteThroughput();
        }

        if (platform is not null)
        {
            if (options.Verb != "latency")
                report.WriteCost(await LedgerCost.MeasureAsync(options, platform, workload));
            if (options.Verb != "throughput")
                report.WriteLatency(await StreamLatency.MeasureAsync(options, platform, token, workload, report.PlatformRate));
        }
    }

    /// <summary>Lets every gateway say what it has and where its devices stand.</summary>
    public static async Task AnnounceAsync(int port, Workload workload)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var packets = new Queue<PublishPacket>(workload.Announcements);
        using var gateway = new LoadConnection(100, packets.Dequeue);
        await gateway.ConnectAsync(port, "announcer", null, null, patience.Token);
        await gateway.SendAllAsync(packets.Count, patience.Token);
    }
}
