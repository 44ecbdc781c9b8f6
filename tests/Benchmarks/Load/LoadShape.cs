namespace CivicSignals.Benchmarks.Load;

/// <summary>How load is spread.</summary>
/// <param name="Connections">How many.</param>
/// <param name="Window">Messages in flight on each.</param>
internal sealed record LoadShape(int Connections, int Window)
{
    public override string ToString() => $"{Connections} × {Window}";
}

/// <summary>What one run of load came to.</summary>
/// <param name="Acked">Messages acknowledged in time.</param>
/// <param name="Elapsed">For how long load was offered.</param>
/// <param name="Latency">From send to PUBACK.</param>
internal sealed record LoadResult(long Acked, TimeSpan Elapsed, LatencyHistogram Latency)
{
    /// <summary>Messages a second.</summary>
    public double Rate => Acked / Elapsed.TotalSeconds;
}
