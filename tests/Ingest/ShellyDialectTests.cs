using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest;

public sealed class ShellyDialectTests : IAsyncDisposable
{
    private const string Home = "homes/gw1/";
    private const string Smoke = Home + "shellyplussmoke-a1/events/rpc";
    private const string Flood = Home + "shellyfloodg4-b2/events/rpc";
    private const string Gas = Home + "shellies/shellygas-1/";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("shellies/shellysmoke-1/sensor/smoke", "true", "fire.smoke", "shellysmoke-1")]
    [InlineData("shellies/shellyflood-1/sensor/flood", "true", "flood.indoor", "shellyflood-1")]
    [InlineData("shellies/shellygas-1/sensor/gas", "mild", "gas.combustible", "shellygas-1")]
    [InlineData("home/shellies/shellygas-1/sensor/gas", "heavy", "gas.combustible", "shellygas-1")]
    [InlineData("shellies/front/sensor/state", "open", "intrusion.contact", "front")]
    [InlineData("shellies/shellymotionsensor-1/status", """{"motion":true,"timestamp":1768032000,"active":true,"vibration":false,"lux":3,"bat":80}""", "intrusion.motion", "shellymotionsensor-1")]
    [InlineData("kitchen/status/smoke:0", """{"id":0,"alarm":true,"mute":false}""", "fire.smoke", "kitchen")]
    [InlineData("shelly/shellyfloodg4-b2/events/rpc", """{"src":"x","method":"NotifyFullStatus","params":{"flood:1":{"id":1,"alarm":true},"ts":1768031990.5}}""", "flood.indoor", "shellyfloodg4-b2/flood:1")]
    [InlineData("shellyplus1-c3/events/rpc", """{"method":"NotifyEvent","params":{"ts":1768031990,"events":[{"component":"script:1","id":1,"event":"shelly-blu","data":{"BTHome_version":2,"pid":118,"battery":100,"window":1,"address":"b4:35:22:fe:56:e5"},"ts":1768031990}]}}""", "intrusion.contact", "b4:35:22:fe:56:e5")]
    [InlineData("shellyplus1-c3/events/ble", """{"address":"b4:35:22:fe:56:e5","smoke":1}""", "fire.smoke", "b4:35:22:fe:56:e5")]
    public async Task Decode_Alarm_IsItsKind(string path, string payload, string kind, string source)
    {
        var signal = Assert.Single(await _bench.SignalsOf(Home + path, payload), signal => signal.Active);
        Assert.Equal((kind, Home + source, false), (signal.Kind, signal.Source, signal.SinceUnknown));
    }

    [Fact]
    public async Task Decode_NotifiedAlarm_IsAtTheDevicesTime()
    {
        var signal = Assert.Single(await _bench.SignalsOf(Smoke, Status("\"smoke:0\":{\"id\":0,\"alarm\":true,\"mute\":false}", "1768031945.04")), signal => signal.Active);
        Assert.Equal(("fire.smoke", Home + "shellyplussmoke-a1"), (signal.Kind, signal.Source));
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(-54.96), signal.ObservedAt, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("1631186545.04")] // Years ago.
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("1e300")]
    public async Task Decode_TimeThatIsNotBelieved_IsTheTimeOfReceipt(string ts) =>
        Assert.Equal(_bench.Time.GetUtcNow(), (await _bench.SignalsOf(Smoke, Status("\"smoke:0\":{\"alarm\":true}", ts)))[0].ObservedAt);

    [Fact]
    public async Task Decode_LaterGenerationUnderTheFirstOnesPrefix_IsHeardAllTheSame()
    {
        await _bench.SendAsync(Home + "shellies/hall/online", "true");
        Assert.Single(await _bench.SignalsOf(Home + "shellies/hall/events/rpc", Status("\"smoke:0\":{\"alarm\":true}")), signal => signal.Active);
        Assert.Equal([("supervision.offline", true)], Kinds(_bench.Decode(Home + "shellies/hall/online", "false")));
        Assert.Single(await _bench.SignalsOf(Home + "shellies/hall/sensor/smoke", "true"), signal => signal.Active);
    }

    [Fact]
    public async Task Decode_OtherComponentChanges_LeavesSmokeAsItWas()
    {
        await _bench.SendAsync(Smoke, Status("\"smoke:0\":{\"id\":0,\"alarm\":true,\"mute\":false}"));
        Assert.Empty(await _bench.SignalsOf(Smoke, Status("\"devicepower:0\":{\"id\":0,\"battery\":{\"V\":2.9,\"percent\":80}}")));
        Assert.Empty(await _bench.SignalsOf(Smoke, Status("\"smoke:0\":{\"id\":0,\"alarm\":null,\"mute\":true}")));
        Assert.False(Assert.Single(await _bench.SignalsOf(Smoke, Status("\"smoke:0\":{\"id\":0,\"alarm\":false}"))).Active);
    }

    [Fact]
    public void Decode_TestButton_IsATest()
    {
        var signals = _bench.Decode(Smoke, """{"method":"NotifyEvent","params":{"ts":1768031990,"events":[{"component":"smoke:0","id":0,"event":"alarm_test","ts":1768031990}]}}""");
        Assert.Equal(("supervision.test", true), Kinds(signals).Single());
    }

    [Fact]
    public async Task Decode_FloodSensorThatTellsOfRain_IsNoLeak()
    {
        Assert.Single(await _bench.SignalsOf(Flood, Status("\"flood:0\":{\"alarm\":true}")), signal => signal.Active);
        await _bench.SendAsync(Flood, Status("\"flood:0\":{\"alarm\":false}"));
        await _bench.SendAsync(Home + "me/rpc", """{"id":1,"src":"shellyfloodg4-b2","dst":"me","result":{"flood:0":{"id":0,"name":null,"alarm_mode":"rain"}}}""");
        Assert.Empty(await _bench.SignalsOf(Flood, Status("\"flood:0\":{\"alarm\":true}")));
        Assert.Equal([("supervision.fault", true)], Kinds(_bench.Decode(Flood, Status("\"flood:0\":{\"alarm\":true,\"errors\":[\"cable_unplugged\"]}"))));

        await _bench.SendAsync(Home + "me/rpc", """{"id":1,"src":"shellyfloodg4-b2","dst":"me","result":{"flood:0":{"id":0,"name":null,"alarm_mode":"normal"}}}""");
        Assert.Single(await _bench.SignalsOf(Flood, Status("\"flood:0\":{\"alarm\":true}")));
    }

    [Fact]
    public void Decode_LowBattery_IsSupervisionOnce()
    {
        Assert.Equal([("supervision.battery", true)], Kinds(_bench.Decode(Smoke, Status("\"devicepower:0\":{\"battery\":{\"percent\":7}}"))));
        Assert.Empty(_bench.Decode(Smoke, Status("\"devicepower:0\":{\"battery\":{\"percent\":6}}")));
        Assert.Equal([("supervision.battery", false)], Kinds(_bench.Decode(Smoke, Status("\"devicepower:0\":{\"battery\":{\"percent\":90}}"))));
    }

    [Fact]
    public async Task Decode_BatteryAlarmGoesOnlineToTellIt_IsNew()
    {
        await _bench.SendAsync(Home + "shellyplussmoke-a1/online", "true", retain: true);
        _bench.Time.Advance(TimeSpan.FromHours(12));
        await _bench.SendAsync(Home + "shellyplussmoke-a1/online", "true", retain: true);
        Assert.False(Assert.Single(await _bench.SignalsOf(Smoke, Status("\"smoke:0\":{\"alarm\":true}"))).SinceUnknown);

        await _bench.SendAsync(Home + "shellies/shellysmoke-1/online", "true");
        _bench.Time.Advance(TimeSpan.FromHours(12));
        await _bench.SendAsync(Home + "shellies/shellysmoke-1/online", "true");
        Assert.False(Assert.Single(await _bench.SignalsOf(Home + "shellies/shellysmoke-1/sensor/smoke", "true")).SinceUnknown);
    }

    [Theory]
    [InlineData("shellyplussmoke-a1/online")]
    [InlineData("shellies/shellygas-1/online")]
    public void Decode_LastWill_IsOffline(string path)
    {
        _bench.Decode(Home + path, "true");
        Assert.Equal([("supervision.offline", true)], Kinds(_bench.Decode(Home + path, "false")));
    }

    [Fact]
    public async Task Decode_GasAlarm_UnderTestOrWarmingUpIsNoHazard()
    {
        Assert.Equal([("supervision.test", true)], Kinds(_bench.Decode(Gas + "sensor/gas", "test")));
        Assert.Equal([("supervision.warm-up", true), ("supervision.fault", false)], Kinds(_bench.Decode(Gas + "sensor/operation", "warmup")));
        Assert.Empty(await _bench.SignalsOf(Gas + "sensor/gas", "heavy"));
        _bench.Decode(Gas + "sensor/operation", "normal");
        Assert.Equal("gas.combustible", Assert.Single(await _bench.SignalsOf(Gas + "sensor/gas", "heavy")).Kind);
        Assert.Equal([("supervision.fault", true)], Kinds(_bench.Decode(Gas + "sensor/operation", "fault")));
    }

    [Theory]
    [InlineData("shellies/shellybutton1-1/input_event/0", """{"event":"S","event_cnt":2}""")]
    [InlineData("shellies/shelly1-1/temperature", "999")]
    [InlineData("shellies/shellygas-1/sensor/concentration", "65535")]
    [InlineData("shellies/shellygas-1/sensor/self_test", "completed")]
    [InlineData("shellies/shellygas-1/sensor/gas", "unknown")]
    [InlineData("shellies/announce", """{"id":"shellygas-1","mac":"x"}""")]
    [InlineData("shellyplusht-1/events/rpc", """{"method":"NotifyStatus","params":{"ts":1768031990,"temperature:0":{"id":0,"tC":21.5,"tF":70.7}}}""")]
    [InlineData("shellyplusi4-1/events/rpc", """{"method":"NotifyEvent","params":{"ts":1768031990,"events":[{"component":"input:0","id":0,"event":"long_push","ts":1768031990}]}}""")]
    [InlineData("shellyplus1-c3/events/ble", """{"address":"b4:35:22:fe:56:e5","button":1}""")]
    [InlineData("shellyplussmoke-a1/status/sys", """{"mac":"A1","alarm":true}""")]
    [InlineData("shellyplussmoke-a1/rpc", """{"id":1,"src":"me","method":"Smoke.Mute"}""")]
    public async Task Decode_NoHazard_IsAmbient(string path, string payload)
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Home + path, payload));
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Home + path, payload));
        Assert.Empty(_bench.Areas.Offers);
    }

    [Theory]
    [InlineData("shellyplussmoke-a1/events/rpc", """{"params":{"smoke:0":{"alarm":true}""", Reasons.NotJson)]
    [InlineData("some/online", "true", Reasons.UnknownDialect)]
    public async Task Decode_Unusable_IsRejectedWithItsReason(string path, string payload, string reason) =>
        Assert.Equal(reason, (await _bench.SendAsync(Home + path, payload)).Reason);

    [Theory]
    [InlineData("shellyplusht-1/events/rpc", """{"src":"shellyplusht-1","method":"NotifyStatus","params":{"ts":1768031990,"temperature:0":{"id":0,"tC":21.5,"tF":70.7}}}""")]
    [InlineData("shellyplussmoke-a1/events/rpc", """{"method":"NotifyFullStatus","params":{"ts":1768031990,"smoke:0":{"id":0,"alarm":false,"mute":false},"devicepower:0":{"battery":{"percent":80}}}}""")]
    [InlineData("shellies/shellygas-1/sensor/gas", "none")]
    [InlineData("shellies/shellygas-1/sensor/concentration", "12")]
    public Task Decode_OrdinaryReading_AllocatesNextToNothing(string path, string payload) => Allocations.AssertNoneAsync(_bench, Home + path, payload);

    private static IEnumerable<(string Kind, bool Active)> Kinds(IEnumerable<Signal> signals) => signals.Select(signal => (signal.Kind, signal.Active));

    private static string Status(string components, string ts = "1768031990") =>
        """{"src":"shelly","dst":"shelly/events","method":"NotifyStatus","params":{"ts":""" + ts + "," + components + "}}";
}
