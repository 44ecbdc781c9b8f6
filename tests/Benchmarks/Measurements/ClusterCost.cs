using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What a message through an external broker costs the silos, at a steady rate that they keep up with.</summary>
/// <param name="Silos">How many.</param>
/// <param name="Messages">Settled.</param>
/// <param name="Evidence">Of them, those that were evidence.</param>
/// <param name="Cpu">Processor time of all silos meanwhile.</param>
internal sealed record ClusterCost(int Silos, double Messages, double Evidence, TimeSpan Cpu)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>Processor time a message, microseconds.</summary>
    public double Microseconds => Cpu.TotalMicroseconds / Messages;

    public static async Task<IReadOnlyList<ClusterCost>> MeasureAsync(BenchOptions options, string database)
    {
        var costs = new List<ClusterCost>();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var silos in (int[])[1, 3])
            {
                using var group = await SiloGroup.StartAsync(options.Silo, database, silos);
                costs.Add(await MeasureAsync(options, group, silos));
            }
        }

        return costs;
    }

    private static async Task<ClusterCost> MeasureAsync(BenchOptions options, SiloGroup group, int silos)
    {
        var workload = new Workload();
        await Suite.AnnounceAsync(group.MqttPort, workload);
        await UntilQuietAsync(group);
        using var load = await LoadGenerator.OpenAsync(group.MqttPort, new LoadShape(50, 20), workload);
        await RunAsync(load, options.Rate, options.WarmUpSeconds);
        var before = (Cpu: group.Cpu, Messages: await group.SettledAsync(""), Evidence: await group.SettledAsync("evidence"));
        await RunAsync(load, options.Rate, options.Seconds);
        return new ClusterCost(silos, await group.SettledAsync("") - before.Messages, await group.SettledAsync("evidence") - before.Evidence, group.Cpu - before.Cpu);
    }

    /// <summary>What gateways say first is settled, and no part of what is measured.</summary>
    private static async Task UntilQuietAsync(SiloGroup group)
    {
        for (var (before, now) = (-1.0, 0.0); now > before; (before, now) = (now, await group.SettledAsync("")))
            await Task.Delay(Settling);
    }

    private static async Task RunAsync(LoadGenerator load, int rate, int seconds)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await load.PaceAsync(rate, enough.Token);
        await Task.Delay(Settling);
    }
}
