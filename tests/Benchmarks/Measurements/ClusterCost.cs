using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What a message through an external broker costs the silos, at a steady rate that they keep up with.</summary>
/// <param name="Silos">How many.</param>
/// <param name="Rate">Messages a second offered to all of them.</param>
/// <param name="Messages">Settled.</param>
/// <param name="Evidence">Of them, those that were evidence.</param>
/// <param name="Cpu">Processor time of all silos meanwhile.</param>
internal sealed record ClusterCost(int Silos, int Rate, double Messages, double Evidence, TimeSpan Cpu)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>Processor time a message, microseconds.</summary>
    public double Microseconds => Cpu.TotalMicroseconds / Messages;

    public static async Task<IReadOnlyList<ClusterCost>> MeasureAsync(BenchOptions options, string database)
    {
        var costs = new List<ClusterCost>();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (silos, rates) in ((int, int[])[])[(1, [options.Rate, options.Rate / 3]), (3, [options.Rate])])
            {
                using var group = await SiloGroup.StartAsync(options.Silo, database, silos);
                var workload = new Workload();
                await Suite.AnnounceAsync(group.MqttPort, workload);
                await UntilQuietAsync(group);
                using var load = await LoadGenerator.OpenAsync(group.MqttPort, new LoadShape(50, 20), workload);
                foreach (var rate in rates)
                    costs.Add(await MeasureAsync(options, group, silos, load, rate));
            }
        }

        return costs;
    }

    /// <summary>From one moment under load to another: the messages that are under way at both make up for each other.</summary>
    private static async Task<ClusterCost> MeasureAsync(BenchOptions options, SiloGroup group, int silos, LoadGenerator load, int rate)
    {
        using var enough = new CancellationTokenSource();
        var pacing = load.PaceAsync(rate, enough.Token);
        await Task.Delay(TimeSpan.FromSeconds(options.WarmUpSeconds));
        var before = (Cpu: group.Cpu, Messages: await group.SettledAsync(""), Evidence: await group.SettledAsync("evidence"));
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        var after = (Cpu: group.Cpu, Messages: await group.SettledAsync(""), Evidence: await group.SettledAsync("evidence"));
        await enough.CancelAsync();
        await pacing;
        return new ClusterCost(silos, rate, after.Messages - before.Messages, after.Evidence - before.Evidence, after.Cpu - before.Cpu);
    }

    /// <summary>What gateways say first is settled, and no part of what is measured.</summary>
    private static async Task UntilQuietAsync(SiloGroup group)
    {
        for (var (before, now) = (-1.0, 0.0); now > before; (before, now) = (now, await group.SettledAsync("")))
            await Task.Delay(Settling);
    }
}
