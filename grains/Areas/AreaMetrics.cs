using System.Diagnostics.Metrics;
using CivicSignals.Accounting;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>How late alerts are.</summary>
public sealed class AreaMetrics
{
    private readonly Latencies _latencies;
    private readonly Histogram<double> _alertLatency;
    private readonly Counter<long> _alerts;

    public AreaMetrics(IMeterFactory meters, Latencies latencies)
    {
        _latencies = latencies;
        var meter = meters.Create(MessageAccount.MeterName);
        _alertLatency = meter.CreateHistogram(
            "civicsignals.alert.latency",
            "s",
            "From the receipt of the newest signal that an alert rests on to the alert's commit",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        _alerts = meter.CreateCounter<long>("civicsignals.alerts", "{alert}", "Alert versions committed, by audience");
    }

    /// <summary>Records a commit that is on disk.</summary>
    /// <param name="fold">What was committed.</param>
    /// <param name="batch">The signals that it came from; empty for people's actions and closings.</param>
    /// <param name="now">When it was on disk.</param>
    /// <param name="commit">How long the commit took.</param>
    public void Committed(FoldResult fold, Signal[] batch, DateTimeOffset now, TimeSpan commit)
    {
        _latencies.Commits.Record(commit);
        var alerted = false;
        foreach (var entry in fold.Entries)
        {
            if (entry.Type != EntryType.Alert)
                continue;
            alerted = true;
            _alerts.Add(1, new KeyValuePair<string, object?>("audience", entry.Alert!.Public ? "public" : "control-room"));
        }

        if (!alerted || batch.Length == 0)
            return;
        var late = now - batch.Max(signal => signal.ReceivedAt);
        _alertLatency.Record(Math.Max(0, late.TotalSeconds));
        _latencies.Alerts.Record(late);
    }
}
