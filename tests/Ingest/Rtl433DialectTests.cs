using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest;

public sealed class Rtl433DialectTests : IAsyncDisposable
{
    private const string Events = "homes/gw1/rtl_433/pi/events";
    private const string FireAlarm = """{"time":"2026-01-05 08:38:19","model":"Cavius-Security","id":4711,"battery_ok":1,"net_id":99,"message":32,"text":"Fire alarm","mic":"CRC"}""";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Decode_Alarm_MayBeANeighbours()
    {
        var signal = Assert.Single(await _bench.SignalsOf(Events, FireAlarm));
        Assert.Equal(("homes/gw1/Cavius-Security/4711", "fire.smoke", true), (signal.Source, signal.Kind, signal.Active));
        Assert.Null(signal.Premises);
        Assert.Equal(100, signal.Place.UncertaintyM);
        Assert.Equal(Consents.Fire | Consents.Police | Consents.Ambulance, signal.Consents);
        Assert.Equal(_bench.Time.GetUtcNow(), signal.ObservedAt);
    }

    [Fact]
    public async Task Decode_HeardInTwoHomes_CountsOnce()
    {
        var first = Assert.Single(await _bench.SignalsOf(Events, FireAlarm));
        var second = Assert.Single(await _bench.SignalsOf("homes/gw2/rtl_433/other/events", FireAlarm));
        Assert.NotEqual(first.Source, second.Source);
        Assert.Equal("rtl_433/Cavius-Security/4711", first.Group);
        Assert.Equal(first.Group, second.Group);
    }

    [Fact]
    public async Task Decode_TimeWithAZone_IsTaken()
    {
        var signal = Assert.Single(await _bench.SignalsOf(Events, FireAlarm.Replace("2026-01-05 08:38:19", "2026-01-10T08:59:00+0100", StringComparison.Ordinal)));
        Assert.Equal(_bench.Time.GetUtcNow(), signal.ObservedAt); // An offset without a colon is not ISO 8601 as JSON has it.
        signal = Assert.Single(await _bench.SignalsOf(Events, FireAlarm.Replace("2026-01-05 08:38:19", "2026-01-10T07:59:00Z", StringComparison.Ordinal)));
        Assert.Equal(_bench.Time.GetUtcNow().AddMinutes(-1), signal.ObservedAt);
    }

    [Theory]
    [InlineData("""{"model":"Cavius-Security","id":1,"text":"Warning/Water detected"}""", "flood.indoor")]
    [InlineData("""{"model":"Cavius-Security","id":1,"text":"Test alarm"}""", "supervision.test")]
    [InlineData("""{"model":"Cavius-Security","id":1,"text":"Alarm muted"}""", "supervision.mute")]
    [InlineData("""{"model":"Cavius-Security","id":1,"text":"Battery low"}""", "supervision.battery")]
    [InlineData("""{"time":"2026-01-05 08:38:19","model":"Kidde-Smoke","id":"1a"}""", "fire.smoke")]
    [InlineData("""{"model":"Smoke-GS558","id":7,"unit":3,"learn":0}""", "fire.smoke")]
    [InlineData("""{"model":"Smoke-GS558","id":7,"unit":3,"learn":1}""", "supervision.test")]
    [InlineData("""{"model":"Fineoffset-WH55","id":7,"alarm":1}""", "flood.indoor")]
    [InlineData("""{"model":"Bresser-Leakage","id":7,"channel":1,"battery_ok":1,"alarm":1}""", "flood.indoor")]
    [InlineData("""{"model":"Bresser-Leakage","id":7,"startup":1}""", "supervision.warm-up")]
    [InlineData("""{"model":"Honeywell-Security","id":7,"contact_open":1,"alarm":1,"tamper":0}""", "intrusion.contact")]
    [InlineData("""{"model":"Kerui-Security","id":840811,"cmd":10,"motion":1,"state":"motion"}""", "intrusion.motion")]
    [InlineData("""{"model":"Kerui-Security","id":840811,"cmd":5,"water":1,"state":"water"}""", "flood.indoor")]
    [InlineData("""{"model":"Kerui-Security","id":840811,"cmd":11,"tamper":1,"state":"tamper"}""", "supervision.tamper")]
    public void Decode_Transmitter_SaysWhatItsModelMeans(string payload, string kind) =>
        Assert.Equal(kind, Assert.Single(_bench.Decode(Events, payload), signal => signal.Active).Kind);

    [Theory]
    [InlineData("homes/gw1/rtl_433/pi/events", """{"time":"2019-08-29 08:38:19","model":"Nexus-TH","id":42,"channel":2,"battery_ok":1,"temperature_C":20.5,"humidity":83}""")]
    [InlineData("homes/gw1/rtl_433/pi/events", """{"model":"Renault","type":"TPMS","id":"1","pressure_kPa":230}""")]
    [InlineData("homes/gw1/rtl_433/pi/events", """{"model":"Cavius-Security","id":1,"text":"Pairing"}""")]
    [InlineData("homes/gw1/rtl_433/pi/events", """{"model":"Smoke-GS558","id":7}""")]
    [InlineData("homes/gw1/rtl_433/pi/devices/Cavius-Security/4711/text", "Fire alarm")]
    [InlineData("homes/gw1/rtl_433/pi/availability", "offline")]
    public async Task Decode_NoHazard_IsAmbient(string topic, string payload)
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(topic, payload));
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task Decode_NotJson_IsRejected() =>
        Assert.Equal(Reasons.NotJson, (await _bench.SendAsync(Events, FireAlarm + "}")).Reason);

    [Theory]
    [InlineData("""{"time":"2019-08-29 08:38:19","model":"Nexus-TH","id":42,"channel":2,"battery_ok":1,"temperature_C":20.5,"humidity":83}""")]
    [InlineData("""{"time":"2019-08-29 08:38:19","model":"Bresser-Leakage","id":42,"channel":2,"battery_ok":1,"alarm":0}""")]
    public Task Decode_OrdinaryReading_AllocatesNextToNothing(string payload) => Allocations.AssertNoneAsync(_bench, Events, payload);
}
