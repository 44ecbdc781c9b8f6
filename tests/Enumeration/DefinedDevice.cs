using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Dialects.Zigbee2Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Enumeration;

/// <summary>A home with one device, and the area that it is in. A new device each time that it is described.</summary>
internal sealed class DefinedDevice
{
    private const string Base = "homes/gw1/z2m/";

    private readonly HomesDialect _dialect = new(
        Registry.Parse("""{"premises":[{"id":"p1","gateway":"gw1","lat":53.0466,"lon":-2.9925}]}"""u8.ToArray()),
        [new Zigbee2MqttDialect()],
        new NoSightings(), new Strangers());

    private DateTimeOffset _now = Scene.Start;
    private Scene _area = new();
    private int _described;

    public void Describe(DeviceDefinition definition)
    {
        _area = new Scene();
        _described++;
        var device = new
        {
            ieee_address = $"0x{_described:x16}",
            type = "EndDevice",
            friendly_name = "device",
            definition = new { model = definition.Model, exposes = definition.Exposes },
        };
        Assert.True(Hear("bridge/devices", JsonSerializer.SerializeToUtf8Bytes(new[] { device })).Remember);
    }

    /// <summary>Publishes a state with one key. Answers with the kinds that are active and those that ended.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">As JSON.</param>
    /// <param name="isNews">Whether its area has taken any of it as new evidence.</param>
    public (HashSet<string> Active, HashSet<string> Ended) Say(string key, string value, out bool isNews)
    {
        var decoded = Hear("device", Encoding.UTF8.GetBytes($$"""{"linkquality":90,{{JsonSerializer.Serialize(key)}}:{{value}}}"""));
        Assert.Null(decoded.Reason);
        Signal[] known = [.. decoded.Signals.Where(signal => Scene.Model.Kinds.ContainsKey(signal.Kind))];
        isNews = known.Length > 0 && _area.Hear(_now, known).Contains(SignalOutcome.Evidence);
        Assert.DoesNotContain(decoded.Signals, signal => signal.SinceUnknown);
        return ([.. decoded.Signals.Where(signal => signal.Active).Select(signal => signal.Kind)], [.. decoded.Signals.Where(signal => !signal.Active).Select(signal => signal.Kind)]);
    }

    private Decoded Hear(string topic, byte[] payload)
    {
        _now += TimeSpan.FromSeconds(1);
        return _dialect.Decode(new InboundMessage { Via = "mqtt", Topic = Base + topic, Payload = payload, ReceivedAt = _now });
    }
}
