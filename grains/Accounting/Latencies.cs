namespace CivicSignals.Accounting;

/// <summary>How late this silo is, for its report. The same measurements as on /metrics.</summary>
public sealed class Latencies
{
    /// <summary>From the receipt of the newest signal that an alert rests on to the alert's commit.</summary>
    public LatencyRecord Alerts { get; } = new();

    /// <summary>From the hand-over of an area's commit to its being on disk.</summary>
    public LatencyRecord Commits { get; } = new();
}
