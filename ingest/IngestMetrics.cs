using System.Diagnostics.Metrics;
using CivicSignals.Accounting;
using CivicSignals.Feeds;
using CivicSignals.Homes;
using CivicSignals.Ingest.Mqtt.Broker;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Silence;

namespace CivicSignals.Ingest;

/// <summary>Ingest's own measures, beside the message account.</summary>
internal sealed class IngestMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _settle;
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _losses;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _reconnects;
    private readonly Gauge<double> _lag;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MessageAccount.MeterName);
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
        _losses = meter.CreateCounter<long>("civicsignals.mqtt.broker.losses", "{connection}", "Connections to the external MQTT broker that were not made or ended");
        _frames = meter.CreateCounter<long>("civicsignals.posts.frames", "{frame}", "Frames of posts' streams, settled or being so");
        _reconnects = meter.CreateCounter<long>("civicsignals.posts.reconnects", "{connection}", "Connections to posts' streams that ended");
        _lag = meter.CreateGauge<double>("civicsignals.posts.lag", "s", "From when the network saw a post to when it was settled here");
    }

    /// <summary>Tells at how many messages in flight senders are not read from.</summary>
    public void Bound(int limit) =>
        _meter.CreateObservableGauge("civicsignals.messages.in_flight_limit", () => limit, "{message}", "Messages in flight at which senders are not read from");

    /// <summary>Measures from now on how many homes there are, and how many gateways and devices are missed.</summary>
    public void Watch(Registry registry, FactBook book)
    {
        IEnumerable<Measurement<int>> Missed()
        {
            var missed = book.All(HomeFactKind.Offline).Concat(book.All(HomeFactKind.Silent)).Distinct().ToList();
            var gateways = missed.Count(who => who.Device.Length == 0);
            yield return new(gateways, new KeyValuePair<string, object?>("what", "gateway"));
            yield return new(missed.Count - gateways, new KeyValuePair<string, object?>("what", "device"));
        }

        _meter.CreateObservableGauge("civicsignals.homes.registered", () => registry.Gateways.Count, "{gateway}", "Gateways that are known, claimed or not");
        _meter.CreateObservableGauge("civicsignals.homes.missed", Missed, "{source}", "Gateways, and devices, that are offline or silent for longer than usual");
    }

    /// <summary>Measures polled feeds from now on, by their names.</summary>
    public void Watch(IFeedStates feeds, TimeProvider time)
    {
        IEnumerable<Measurement<T>> Each<T>(Func<FeedState, T> value)
            where T : struct => feeds.Read().Select(feed => new Measurement<T>(value(feed), new KeyValuePair<string, object?>("feed", feed.Name)));

        _meter.CreateObservableCounter("civicsignals.feeds.polls", () => Each(feed => feed.Polls), "{poll}", "Polls of feeds, the failed ones included");
        _meter.CreateObservableCounter("civicsignals.feeds.failures", () => Each(feed => feed.Failures), "{poll}", "Polls of feeds that failed");
        _meter.CreateObservableGauge("civicsignals.feeds.items", () => Each(feed => feed.Items), "{item}", "Items that a feed held in the last good poll");
        _meter.CreateObservableGauge("civicsignals.feeds.going_on", () => Each(feed => feed.GoingOn), "{item}", "Items of a feed that go on as evidence");
        _meter.CreateObservableGauge(
            "civicsignals.feeds.age",
            () => feeds.Read().Where(feed => feed.SucceededAt is not null)
                .Select(feed => new Measurement<double>((time.GetUtcNow() - feed.SucceededAt!.Value).TotalSeconds, new KeyValuePair<string, object?>("feed", feed.Name))),
            "s",
            "Since a poll of a feed last succeeded");
    }

    /// <summary>Measures the connection to the external broker from now on.</summary>
    public void Watch(BrokerState broker) => _meter.CreateObservableGauge(
        "civicsignals.mqtt.broker.connected", () => broker.IsConnected ? 1 : 0, "{connection}", "1 while connected to the external MQTT broker");

    public void BrokerLost() => _losses.Add(1);

    public void Batch(int signals) => _batch.Record(signals);

    public void Settled(TimeSpan after) => _settle.Record(after.TotalSeconds);

    public void Connected() => _connections.Add(1);

    public void Disconnected() => _connections.Add(-1);

    public void Frame(string stream) => _frames.Add(1, Stream(stream));

    public void Reconnect(string stream) => _reconnects.Add(1, Stream(stream));

    public void Lag(string stream, TimeSpan lag) => _lag.Record(lag.TotalSeconds, Stream(stream));

    private static KeyValuePair<string, object?> Stream(string name) => new("stream", name);
}
