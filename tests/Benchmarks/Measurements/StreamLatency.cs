using System.Diagnostics;
using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>How long it takes from a sensor's publish to the alert on the control room's stream, under load.</summary>
/// <param name="OfferedRate">Messages a second that the load was to be.</param>
/// <param name="Load">What it was.</param>
/// <param name="Alarms">From the publish of the confirming alarm to the alert.</param>
/// <param name="Missed">Alerts that did not come within ten seconds.</param>
internal sealed record StreamLatency(double OfferedRate, LoadResult Load, LatencyHistogram Alarms, int Missed)
{
    private static readonly LoadShape Shape = new(50, 20);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="options">For the short measurement.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="token">A control-room token.</param>
    /// <param name="workload">Its workload.</param>
    /// <param name="measuredRate">The rate of which half is offered; null: a short measurement finds it.</param>
    public static async Task<StreamLatency> MeasureAsync(BenchOptions options, Platform platform, string token, Workload workload, double? measuredRate)
    {
        using var load = await LoadGenerator.OpenAsync(platform.MqttPort, Shape, workload);
        var rate = (measuredRate ?? await FindRateAsync(options, load)) / 2;
        using var stream = await AlertStream.OpenAsync(platform, token);
        using var stop = new CancellationTokenSource();
        var paced = load.PaceAsync(rate, stop.Token);
        await Task.Delay(Settle);

        PublishPacket next = workload.Markers[0].Smoke;
        using var sensor = new LoadConnection(1, () => next);
        await sensor.ConnectAsync(platform.MqttPort, "marker-sensor", null, null, CancellationToken.None);
        var (alarms, missed) = (new LatencyHistogram(), 0);
        foreach (var home in workload.Markers)
        {
            next = home.Smoke;
            await sensor.SendAllAsync(1, CancellationToken.None);
            using var patience = new CancellationTokenSource(Patience);
            next = home.Heat;
            var published = Stopwatch.GetTimestamp();
            var acknowledged = sensor.SendAllAsync(1, patience.Token);
            try
            {
                alarms.Record(Stopwatch.GetElapsedTime(published, await stream.FirstAlertAsync(home.Lat, home.Lon, patience.Token)));
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                missed++;
            }

            await acknowledged;
            await Task.Delay(Between);
        }

        await stop.CancelAsync();
        return new StreamLatency(rate, await paced, alarms, missed);
    }

    private static async Task<double> FindRateAsync(BenchOptions options, LoadGenerator load)
    {
        await load.SaturateAsync(TimeSpan.FromSeconds(options.WarmUpSeconds));
        return (await load.SaturateAsync(TimeSpan.FromSeconds(options.Seconds))).Rate;
    }
}
