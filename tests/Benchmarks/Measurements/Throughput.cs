using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>One shape's rounds, those of the two servers in turn.</summary>
/// <param name="Shape">How load was spread.</param>
/// <param name="Bare">The rounds of the server with no work.</param>
/// <param name="Platform">The rounds of the platform; empty when it was not asked for.</param>
internal sealed record Throughput(LoadShape Shape, IReadOnlyList<LoadResult> Bare, IReadOnlyList<LoadResult> Platform)
{
    public static async Task<Throughput> MeasureAsync(BenchOptions options, LoadShape shape, IServer bare, IServer? platform, Workload workload)
    {
        // The bare server's alarms stand elsewhere than the platform's: it does not see the platform's rounds.
        using var toBare = await LoadGenerator.OpenAsync(bare.MqttPort, shape, new Workload());
        using var toPlatform = platform is null ? null : await LoadGenerator.OpenAsync(platform.MqttPort, shape, workload);
        var (round, warmUp) = (TimeSpan.FromSeconds(options.Seconds), TimeSpan.FromSeconds(options.WarmUpSeconds));
        await toBare.SaturateAsync(warmUp);
        if (toPlatform is not null)
            await toPlatform.SaturateAsync(warmUp);

        var (bareRounds, platformRounds) = (new List<LoadResult>(), new List<LoadResult>());
        for (var n = 0; n < options.Rounds; n++)
        {
            bareRounds.Add(await toBare.SaturateAsync(round));
            if (toPlatform is not null)
                platformRounds.Add(await toPlatform.SaturateAsync(round));
        }

        return new Throughput(shape, bareRounds, platformRounds);
    }

    /// <summary>The platform's rate as a share of the bare server's, round by round.</summary>
    public IReadOnlyList<double> Ratios => [.. Platform.Zip(Bare, (platform, bare) => platform.Rate / bare.Rate)];
}
