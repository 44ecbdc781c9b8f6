using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What one saturated round cost on disk.</summary>
/// <param name="Messages">Messages acknowledged, those in flight at its end included.</param>
/// <param name="Metrics">By how much each of the platform's own figures rose; those that did not are left out.</param>
/// <param name="Bytes">By how much each file of the data folder grew.</param>
internal sealed record LedgerCost(long Messages, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, long> Bytes)
{
    private static readonly LoadShape Shape = new(50, 20);

    public static async Task<LedgerCost> MeasureAsync(BenchOptions options, Platform platform, Workload workload)
    {
        using var load = await LoadGenerator.OpenAsync(platform.MqttPort, Shape, workload);
        var (metrics, files) = (await PrometheusText.ReadAsync(platform.Http), platform.Files());
        var result = await load.SaturateAsync(TimeSpan.FromSeconds(options.Seconds));
        var (metricsAfter, filesAfter) = (await PrometheusText.ReadAsync(platform.Http), platform.Files());
        return new LedgerCost(
            result.Latency.Count,
            Rise(metrics, metricsAfter, (before, after) => after - before),
            Rise(files, filesAfter, (before, after) => after - before));
    }

    private static Dictionary<string, T> Rise<T>(IReadOnlyDictionary<string, T> before, IReadOnlyDictionary<string, T> after, Func<T, T, T> minus)
        where T : struct, IComparable<T> =>
        after.Select(sample => (sample.Key, Rise: minus(before.GetValueOrDefault(sample.Key), sample.Value)))
            .Where(sample => sample.Rise.CompareTo(default) > 0)
            .ToDictionary(sample => sample.Key, sample => sample.Rise);
}
