using System.Diagnostics.Metrics;
using CivicSignals.Accounting;

namespace CivicSignals.Ingest;

/// <summary>Ingest's own measures, beside the message account.</summary>
internal sealed class IngestMetrics
{
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _settle;
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _reconnects;
    private readonly Gauge<double> _lag;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MessageAccount.MeterName);
        _batch = meter.CreateHistogram(
            "civicsignals.area.batch",
            "{signal}",
            "Signals per call to an area",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });
        _settle = meter.CreateHistogram(
            "civicsignals.messages.settle.duration",
            "s",
            "From decoding to settlement, of messages that went to an area",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        _connections = meter.CreateUpDownCounter<int>("civicsignals.mqtt.connections", "{connection}", "Open MQTT connections");
        _frames = meter.CreateCounter<long>("civicsignals.posts.frames", "{frame}", "Frames of posts' streams, settled or being so");
        _reconnects = meter.CreateCounter<long>("civicsignals.posts.reconnects", "{connection}", "Connections to posts' streams that ended");
        _lag = meter.CreateGauge<double>("civicsignals.posts.lag", "s", "From when the network saw a post to when it was settled here");
    }

    public void Batch(int signals) => _batch.Record(signals);

    public void Settled(TimeSpan after) => _settle.Record(after.TotalSeconds);

    public void Connected() => _connections.Add(1);

    public void Disconnected() => _connections.Add(-1);

    public void Frame(string stream) => _frames.Add(1, Stream(stream));

    public void Reconnect(string stream) => _reconnects.Add(1, Stream(stream));

    public void Lag(string stream, TimeSpan lag) => _lag.Record(lag.TotalSeconds, Stream(stream));

    private static KeyValuePair<string, object?> Stream(string name) => new("stream", name);
}
