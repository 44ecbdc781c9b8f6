using System.Text;
using CivicSignals.Homes;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Dialects.Rtl433;
using CivicSignals.Ingest.Dialects.Zigbee2Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;

namespace CivicSignals.Tests.Ingest;

public sealed class DeviceSightingTests : IDeviceSightings
{
    private readonly List<DeviceSighting> _seen = [];
    private readonly List<string> _dialects = [];
    private readonly HomesDialect _homes;

    public DeviceSightingTests() =>
        _homes = new HomesDialect(Registry.Parse(Encoding.UTF8.GetBytes(IngestBench.RegistryJson)), [new Zigbee2MqttDialect(), new Rtl433Dialect()], this, new Strangers());

    [Fact]
    public void Decode_DescriptionOfDevices_ShowsThoseThatCanTellOfAHazard()
    {
        Send("z2m/bridge/devices", """
            [{"ieee_address":"0x01","friendly_name":"hall smoke","definition":{"model":"SD1","exposes":[
               {"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false},{"type":"binary","property":"battery_low","access":1,"value_on":true,"value_off":false}]}},
             {"ieee_address":"0x02","friendly_name":"lamp","definition":{"model":"L1","exposes":[{"type":"binary","property":"state","access":7,"value_on":"ON","value_off":"OFF"}]}}]
            """);

        var device = Assert.Single(_seen);
        Assert.Equal(("0x01", "hall smoke", "SD1", "zigbee2mqtt"), (device.Id, device.Name, device.Model, device.Dialect));
        Assert.Equal(["fire.smoke"], device.Kinds);
        Assert.Equal(["zigbee2mqtt"], _dialects);
    }

    [Fact]
    public void Decode_TransmitterThatMayBeANeighbours_IsNotShownAsTheHomes()
    {
        Send("rtl_433/pi/events", """{"time":"2026-01-05T08:38:19Z","model":"Cavius-Security","id":4711,"battery_ok":1,"text":"Fire alarm"}""");

        Assert.Empty(_seen);
        Assert.Equal(["rtl_433"], _dialects);
    }

    void IDeviceSightings.Saw(string gateway, DeviceSighting device) => _seen.Add(device);

    void IDeviceSightings.Speaks(string gateway, string dialect) => _dialects.Add(dialect);

    private void Send(string path, string payload) => _homes.Decode(new InboundMessage
    {
        Via = "mqtt",
        Topic = $"homes/gw1/{path}",
        Payload = Encoding.UTF8.GetBytes(payload),
        ReceivedAt = new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero),
    });
}
