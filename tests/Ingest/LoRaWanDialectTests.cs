using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class LoRaWanDialectTests : IAsyncDisposable
{
    private const string ChirpStack = "homes/gw1/application/1/device/a840410000000001/event/up";
    private const string TheThingsStack = "homes/gw1/v3/flats@council/devices/hall-smoke/up";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("\"smoke\":true", "fire.smoke")]
    [InlineData("\"water_leak\":1,\"battery\":97", "flood.indoor")]
    [InlineData("\"leakage_status\":\"leak\"", "flood.indoor")]
    [InlineData("\"WATER_LEAK_STATUS\":1,\"MOD\":2", "flood.indoor")]
    [InlineData("\"magnet_status\":\"open\"", "intrusion.contact")]
    [InlineData("\"door\":\"opened\"", "intrusion.contact")]
    [InlineData("\"pir\":\"trigger\"", "intrusion.motion")]
    [InlineData("\"co_alarm\":true", "gas.co")]
    [InlineData("\"sos\":true", "sos.panic")]
    public async Task Decode_DecodedUplink_IsItsKindAtTheNetworksTime(string keys, string kind)
    {
        var signal = Assert.Single(await _bench.SignalsOf(ChirpStack, Up(keys)));
        Assert.Equal((kind, true, "homes/gw1/a840410000000001"), (signal.Kind, signal.Active, signal.Source));
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(-15).AddTicks(7750232), signal.ObservedAt);

        signal = Assert.Single(await _bench.SignalsOf(TheThingsStack, Things(keys)));
        Assert.Equal((kind, true, "homes/gw1/flats@council/devices/hall-smoke"), (signal.Kind, signal.Active, signal.Source));
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(-5), signal.ObservedAt);
    }

    [Fact]
    public async Task Decode_ButtonDeliveredTwice_IsOneOccurrence()
    {
        var first = Assert.Single(await _bench.SignalsOf(ChirpStack, Up("\"sos\":true")));
        var again = Assert.Single(await _bench.SignalsOf(ChirpStack, Up("\"sos\":true")));
        Assert.Equal("3ac7e3c4", first.Event);
        Assert.Equal(first.Event, again.Event);
        Assert.Equal("7", Assert.Single(await _bench.SignalsOf(TheThingsStack, Things("\"sos\":true"))).Event);
        Assert.Equal("0", Assert.Single(await _bench.SignalsOf(TheThingsStack, Things("\"sos\":true").Replace("\"f_cnt\":7,", "", StringComparison.Ordinal))).Event);
        Assert.Null(Assert.Single(await _bench.SignalsOf(ChirpStack, Up("\"smoke\":true"))).Event);
    }

    [Fact]
    public async Task Decode_SmokeEnds_IsAnEndOnce()
    {
        await _bench.SendAsync(TheThingsStack, Things("\"smoke\":true"));
        Assert.False(Assert.Single(await _bench.SignalsOf(TheThingsStack, Things("\"smoke\":false"))).Active);
        Assert.Empty(await _bench.SignalsOf(TheThingsStack, Things("\"smoke\":false")));
        Assert.Empty(await _bench.SignalsOf(TheThingsStack, """{"received_at":"2026-01-10T07:59:55Z","uplink_message":{}}"""));
    }

    [Fact]
    public void Decode_UnderTest_IsATest() =>
        Assert.Equal("supervision.test", Assert.Single(_bench.Decode(ChirpStack, Up("\"smoke\":true,\"test\":true"))).Kind);

    [Theory]
    [InlineData("application/1/device/a84041/event/up", """{"object":{"distance_mm":850}}""")]
    [InlineData("application/1/device/a84041/event/up", """{"data":"AQ=="}""")]
    [InlineData("application/1/device/a84041/event/up", """{"object":{"alarm":true,"smoke_level":1,"gas":12}}""")]
    [InlineData("application/1/device/a84041/event/status", """{"margin":1,"object":{"smoke":true}}""")]
    [InlineData("application/1/device/a84041/event/join", """{"devAddr":"1"}""")]
    [InlineData("application/1/device/a84041/command/down", """{"object":{"smoke":true}}""")]
    [InlineData("v3/flats@council/devices/hall/join", """{"join_accept":{}}""")]
    [InlineData("v3/flats@council/devices/hall/down/push", """{"downlinks":[{"decoded_payload":{"smoke":true}}]}""")]
    [InlineData("v3/flats@council/devices/hall/up", """{"uplink_message":{"f_cnt":7,"decoded_payload":{"level":3}}}""")]
    public async Task Decode_NoHazard_IsAmbient(string path, string payload)
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync("homes/gw1/" + path, payload));
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task Decode_NotJson_IsRejected()
    {
        Assert.Equal(Reasons.NotJson, (await _bench.SendAsync(ChirpStack, Up("\"smoke\":true") + "x")).Reason);
        await _bench.SendAsync(ChirpStack, Up("\"smoke\":true"));
        Assert.Equal(Reasons.NotJson, (await _bench.SendAsync(ChirpStack, Up("\"smoke\":true") + "x")).Reason);
    }

    [Theory]
    [InlineData("\"distance_mm\":850")]
    [InlineData("\"smoke\":false,\"battery\":97")]
    public Task Decode_OrdinaryReading_AllocatesNextToNothing(string keys) => Allocations.AssertNoneAsync(_bench, ChirpStack, Up(keys));

    private static string Up(string keys) =>
        """
        {"deduplicationId":"3ac7e3c4","time":"2026-01-10T07:59:45.775023242+00:00","deviceInfo":{"devEui":"a840410000000001","tags":{"site":"x"}},
         "dr":0,"fPort":2,"data":"AQ==","rxInfo":[{"gatewayId":"1","rssi":-57}],"object":{
        """ + keys + "}}";

    private static string Things(string keys) =>
        """
        {"end_device_ids":{"device_id":"hall-smoke","dev_eui":"1"},"received_at":"2026-01-10T07:59:55Z",
         "uplink_message":{"f_port":1,"f_cnt":7,"frm_payload":"AQ==","rx_metadata":[{"rssi":-1}],"decoded_payload":{
        """ + keys + "}}}";
}
