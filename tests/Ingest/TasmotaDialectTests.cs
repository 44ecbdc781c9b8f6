using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class TasmotaDialectTests : IAsyncDisposable
{
    private const string Home = "homes/gw1/";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("tele/door/SENSOR", """{"ZbReceived":{"0x1234":{"Device":"0x1234","Contact":1,"Endpoint":1}}}""", "intrusion.contact", "door/0x1234")]
    [InlineData("door/tele/SENSOR", """{"ZbReceived":{"0x1234":{"Device":"0x1234","Contact":1,"Endpoint":1}}}""", "intrusion.contact", "door/0x1234")]
    [InlineData("tasmota/tele/zb/SENSOR", """{"ZbReceived":{"0x1":{"Device":"0x1","Fire":1}}}""", "fire.smoke", "zb/0x1")]
    [InlineData("tele/zb/SENSOR", """{"Time":"2026-01-10T09:00:00","ZbReceived":{"0x1":{"Device":"0x1","Fire":1}}}""", "fire.smoke", "zb/0x1")]
    [InlineData("tele/zb/SENSOR", """{"ZbReceived":{"Hall smoke":{"Device":"0x1","Name":" Hall smoke","Fire":1,"Endpoint":1}}}""", "fire.smoke", "zb/Hall smoke")] // SetOption83
    [InlineData("tele/zb/8F20/SENSOR", """{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Water":1}}}""", "flood.indoor", "zb/8F20/0x8F20")] // 89
    [InlineData("tele/zb/SENSOR", """{"0x8F20":{"Device":"0x8F20","CO":1}}""", "gas.co", "zb/0x8F20")] // 100
    [InlineData("tele/zb/Kitchen/SENSOR", """{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Name":"Kitchen","GlassBreak":1}}}""", "intrusion.glass", "zb/Kitchen/Kitchen")] // 112
    [InlineData("tele/zb/8F20/ZbReceived", """{"0x8F20":{"Device":"0x8F20","Occupancy":1}}""", "intrusion.motion", "zb/8F20/0x8F20")] // 118
    [InlineData("tele/zb/8F20/ZbReceived", """{"Device":"0x8F20","Panic":1}""", "sos.panic", "zb/8F20/0x8F20")] // 118, 119
    [InlineData("tele/zb/8F20_2/SENSOR", """{"ZbReceived":{"Device":"0x8F20","Movement":1,"Endpoint":2}}""", "intrusion.vibration", "zb/8F20_2/0x8F20/2")] // 119, 120
    [InlineData("tele/zb/SENSOR", """{"ZbReceived":{"0x1":{"Device":"0x1","ZoneStatusChange":2,"Fire":0,"Fire2":1}}}""", "fire.smoke", "zb/0x1")]
    public async Task Decode_ZigbeeAlarm_IsItsKindInEveryShape(string path, string payload, string kind, string source)
    {
        var signal = Assert.Single(await _bench.SignalsOf(Home + path, payload), signal => signal.Active);
        Assert.Equal((Home + source, kind, false), (signal.Source, signal.Kind, signal.SinceUnknown));
        Assert.Equal(_bench.Time.GetUtcNow(), signal.ObservedAt);
    }

    [Theory]
    [InlineData("tele/plug/SENSOR", """{"Time":"2026-01-10T10:13:52","DS18B20":{"Temperature":20.6},"Switch1":"ON","TempUnit":"C"}""")]
    [InlineData("tele/plug/SENSOR", """{"Time":"2026-01-10T10:13:52","SCD40":{"CarbonDioxide":612,"eCO2":1,"CO2":1,"Temperature":20}}""")]
    [InlineData("tele/zb/SENSOR", """{"ZbReceived":{"0x1":{"Device":"0x1","CO2":1,"Temperature":21.5}}}""")]
    [InlineData("tele/zb/SENSOR", """{"ZbInfo":{"0x1":{"Device":"0x1","Fire":1,"Reachable":true}}}""")]
    [InlineData("stat/plug/RESULT", """{"Switch1":{"Action":"ON"}}""")]
    [InlineData("stat/plug/RESULT", """{"Button1":{"Action":"HOLD"}}""")]
    [InlineData("cmnd/zb/ZbSend", """{"Device":"0x1","Send":{"Power":1}}""")]
    [InlineData("stat/plug/POWER", "ON")]
    [InlineData("tasmota/discovery/AABBCC/config", """{"t":"plug","ft":"%prefix%/%topic%/"}""")]
    public async Task Decode_NoHazard_IsAmbient(string path, string payload)
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Home + path, payload));
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task Decode_ContactOfOne_IsOpenAndOfZeroClosed()
    {
        Assert.True(Assert.Single(await _bench.SignalsOf(Home + "tele/zb/SENSOR", Report("\"Contact\":1"))).Active);
        Assert.Empty(await _bench.SignalsOf(Home + "tele/zb/SENSOR", Report("\"Contact\":1,\"LinkQuality\":3")));
        Assert.False(Assert.Single(await _bench.SignalsOf(Home + "tele/zb/SENSOR", Report("\"Contact\":0"))).Active);
    }

    [Fact]
    public async Task Decode_UnderTest_IsATestEachTimeAndNoHazard()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal("supervision.test", Assert.Single(_bench.Decode(Home + "tele/zb/SENSOR", Report("\"Fire\":1,\"Test\":1"))).Kind);
        Assert.Equal("fire.smoke", Assert.Single(await _bench.SignalsOf(Home + "tele/zb/SENSOR", Report("\"Fire\":1"))).Kind);
    }

    [Theory]
    [InlineData("Tamper", "supervision.tamper")]
    [InlineData("BatteryLow", "supervision.battery")]
    [InlineData("Failure", "supervision.fault")]
    [InlineData("MainsFault", "supervision.mains")]
    public void Decode_FlagThatIsNeverTakenBack_IsMomentary(string flag, string kind)
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal((kind, true), _bench.Decode(Home + "tele/zb/SENSOR", Report($"\"{flag}\":1")).Select(signal => (signal.Kind, signal.Active)).Single());
    }

    [Fact]
    public async Task Decode_BridgeRestarts_TakesWhatItSaysThenAsOfUnknownAge()
    {
        await _bench.SendAsync(Home + "tele/zb/LWT", "Online", retain: true);
        await _bench.SendAsync(Home + "tele/zb/8F20/SENSOR", Report("\"Fire\":0"));
        Assert.True(Assert.Single(_bench.Decode(Home + "tele/zb/LWT", "Offline")) is { Active: true, Kind: "supervision.offline" });
        Assert.True(Assert.Single(_bench.Decode(Home + "tele/zb/LWT", "Online")) is { Active: false, Kind: "supervision.offline" });

        Assert.True(Assert.Single(await _bench.SignalsOf(Home + "tele/zb/8F20/SENSOR", Report("\"Water\":1"))).SinceUnknown);
        Assert.False(Assert.Single(await _bench.SignalsOf(Home + "tele/zb/8F20/SENSOR", Report("\"Fire\":1"))).SinceUnknown);
    }

    [Theory]
    [InlineData("""{"ZbReceived":{"0x1":{"Device":"0x1","Fire":1}}""", Reasons.NotJson)]
    [InlineData("""{"ZbReceived":{"0x1":{"Device":"0x1","Fire":1}}} x""", Reasons.NotJson)]
    public async Task Decode_Unusable_IsRejectedWithItsReason(string payload, string reason) =>
        Assert.Equal(reason, (await _bench.SendAsync(Home + "tele/zb/SENSOR", payload)).Reason);

    [Fact]
    public Task Decode_OrdinaryReading_AllocatesNextToNothing() =>
        Allocations.AssertNoneAsync(_bench, Home + "tele/zb/SENSOR", Report("\"Temperature\":21.01,\"Contact\":0,\"LinkQuality\":88"));

    private static string Report(string keys) => """{"ZbReceived":{"0x8F20":{"Device":"0x8F20","Name":"Kitchen",""" + keys + ""","Endpoint":1}}}""";
}
