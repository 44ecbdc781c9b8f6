using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What the platform holds after so many messages.</summary>
/// <param name="Messages">Acknowledged so far.</param>
/// <param name="ResidentMiB">Memory of the process.</param>
/// <param name="LedgerMiB">Files of the data folder.</param>
internal sealed record Soak(double Messages, double ResidentMiB, double LedgerMiB)
{
    private const double MiB = 1024 * 1024;

    /// <summary>As much as it takes, looked at every so many seconds, until so many messages are acknowledged.</summary>
    public static async Task<IReadOnlyList<Soak>> MeasureAsync(BenchOptions options, Platform platform, Workload workload, long messages)
    {
        using var load = await LoadGenerator.OpenAsync(platform.MqttPort, new LoadShape(50, 20), workload);
        var looks = new List<Soak>();
        for (double acked = 0; acked < messages;)
        {
            acked += (await load.SaturateAsync(TimeSpan.FromSeconds(options.Seconds))).Acked;
            looks.Add(new Soak(acked, platform.ResidentBytes / MiB, platform.Files().Values.Sum() / MiB));
        }

        return looks;
    }
}
