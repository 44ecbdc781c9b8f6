using System.Text;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Dialects.Zigbee2Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Ingest;

/// <summary>What real gateways publish, line by line, and what it comes to.</summary>
public sealed class Zigbee2MqttSampleTests : IAsyncDisposable
{
    private const string Base = "homes/gw1/z2m/";
    private const string Smoke = """{"type":"binary","name":"smoke","property":"smoke","access":1,"value_on":true,"value_off":false}""";

    private static readonly string Devices = $$"""
        [{{Device("01", "hall smoke", "JTYJ-GD-01LM/BW", Smoke, Binary("test"), Binary("tamper"))}},
         {{Device("02", "heat", "HESZB-120", Smoke)}},
         {{Device("03", "siren", "SIRZB-110", Smoke)}},
         {{Device("04", "front door", "MCCGQ11LM", """{"type":"binary","name":"contact","property":"contact","access":1,"value_on":false,"value_off":true}""")}},
         {{Device("05", "meter", "MiCASAGasCounter", """{"type":"numeric","name":"gas","property":"gas","access":5,"unit":"m³"}""")}},
         {{Device("06", "co", "DCR-CO", """{"type":"binary","name":"carbon_monoxide","property":"carbon_monoxide","access":1,"value_on":"ON","value_off":"OFF"}""")}},
         {{Device("07", "cube", "MFKZQ01LM", """{"type":"enum","name":"action","property":"action","access":1,"values":["fall","shake"]}""")}},
         {{Device("08", "button", "TS0215A_sos", """{"type":"enum","name":"action","property":"action","access":1,"values":["emergency"]}""")}},
         {{Device("09", "gas", "TS0601_gas_sensor_2", Binary("gas"), Binary("preheat"))}},
         {{Device("0a", "probes", "Neptun.Smart", Binary("water_leak_wire_1"), Binary("water_leak_wire_2"))}},
         {{Device("0b", "tank", "SZW08", Enum("alarm_status", "normal", "alarm"), Enum("mode", "leakage", "shortage"))}},
         {{Device("0c", "call", "HS1EB/HS1EB-E", Enum("action", "off", "single", "double", "hold"))}},
         {{Device("0d", "keypad", "KEYPAD001", Enum("action", "panic", "disarm"), """{"type":"text","name":"action_code","property":"action_code","access":1}""")}},
         {{Device("0e", "halo", "HALO", Smoke, Enum("halo_alert_state", "safe", "pre_smoke", "smoke", "interconnect_smoke", "smoke_test", "end_of_life"))}},
         {{Device("0f", "plus", "S1-TL", Smoke, """{"type":"text","name":"fault_state","property":"fault_state","access":5}""", """{"type":"numeric","name":"battery","property":"battery","access":1}""")}}]
        """;

    private readonly IngestBench _bench = new(kinds: new EveryKind());

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>Messages one second apart; "+" is active, "-" ended, "?" active since unknown; between bars what each message comes to.</summary>
    [Theory]
    [InlineData("hall smoke", """{"battery":100,"linkquality":72,"smoke":false,"tamper":false,"test":false}""", "-fire.smoke -supervision.test -supervision.tamper")]
    [InlineData("hall smoke", """{"smoke":false} {"battery":100,"linkquality":72,"smoke":true,"tamper":false,"test":false}""", "-fire.smoke | +fire.smoke -supervision.test -supervision.tamper")]
    [InlineData("hall smoke", """R{"smoke":true}""", "?fire.smoke")]
    [InlineData("hall smoke", """{"smoke":true,"test":true}""", "+supervision.test")]
    [InlineData("hall smoke", """{"test":true} {"smoke":true} {"test":false} {"smoke":true}""", "+supervision.test |  | -supervision.test | +fire.smoke")]
    [InlineData("heat", """{"smoke":true}""", "+fire.heat")]
    [InlineData("siren", """{"smoke":true}""", "")]
    [InlineData("front door", """{"contact":false} {"contact":false,"battery":99} {"contact":true}""", "+intrusion.contact |  | -intrusion.contact")]
    [InlineData("meter", """{"gas":1523.4}""", "")]
    [InlineData("co", """{"carbon_monoxide":"ON"} {"carbon_monoxide":"OFF"}""", "+gas.co | -gas.co")]
    [InlineData("cube", """{"action":"fall"}""", "")]
    [InlineData("button", """{"action":"emergency","battery":100} {"action":""}""", "+sos.panic | ")]
    [InlineData("button/action", "emergency", "+sos.panic")]
    [InlineData("gas", """{"gas":true,"preheat":true} {"gas":true,"preheat":false}""", "+supervision.warm-up | +gas.combustible -supervision.warm-up")]
    [InlineData("probes", """{"water_leak_wire_1":true,"water_leak_wire_2":false} {"water_leak_wire_2":true} {"water_leak_wire_1":false} {"water_leak_wire_2":false}""", "+flood.indoor | +flood.indoor |  | -flood.indoor")]
    [InlineData("tank", """{"alarm_status":"alarm","mode":"leakage"} {"alarm_status":"normal"} {"alarm_status":"alarm","mode":"shortage"} {"alarm_status":"alarm"}""", "+flood.indoor | -flood.indoor |  | ")]
    [InlineData("call", """{"action":"single"}""", "+sos.panic")]
    [InlineData("keypad", """{"action":"panic","action_code":"4711"} {"action":"disarm","action_code":"4711"}""", "+sos.panic | ")]
    [InlineData("halo", """{"halo_alert_state":"smoke_test"} {"halo_alert_state":"smoke"} {"halo_alert_state":"interconnect_smoke"}""", "+supervision.test -supervision.mute -supervision.battery -supervision.end-of-life | +fire.smoke -supervision.test | ")]
    [InlineData("plus", """{"fault_state":"normal"} {"fault_state":"E1 probe"} {"fault_state":null}""", "-supervision.fault | +supervision.fault | ")]
    [InlineData("plus", """{"battery":100} {"battery":8} {"battery":12} {"battery":40}""", "-supervision.battery | +supervision.battery |  | -supervision.battery")]
    [InlineData("hall smoke", """{"smoke":null,"tamper":null,"last_seen":"2020-01-01T00:00:00Z"}""", "")]
    [InlineData("hall smoke", """{"smoke":true,"trouble":true,"ac_status":true,"battery_defect":true}""", "+fire.smoke +supervision.fault +supervision.mains +supervision.battery")]
    [InlineData("hall smoke/availability", """R{"state":"online"} {"state":"offline"} {"state":"offline"}""", "-supervision.offline | +supervision.offline | ")]
    [InlineData("hall smoke/availability", "offline", "+supervision.offline")]
    [InlineData("hall smoke/update", """{"smoke":true}""", "")]
    [InlineData("hall smoke/smoke", "true", "+fire.smoke")]
    [InlineData("hall smoke/smoke/set", "true", "")]
    public async Task Decode_Sample_IsWhatItMeans(string name, string messages, string expected)
    {
        await _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);

        var told = new List<string>();
        foreach (var message in Split(messages))
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            var signals = await _bench.SignalsOf(Base + name, message.TrimStart('R'), retain: message.StartsWith('R'));
            Assert.All(signals, signal => Assert.Equal(_bench.Time.GetUtcNow(), signal.ObservedAt));
            told.Add(string.Join(' ', signals.Select(Brief)));
        }

        Assert.Equal(expected, string.Join(" | ", told));
        Assert.Equal(0, _bench.Account.Read().RejectedByReason.Values.Sum());
    }

    [Fact]
    public async Task Decode_OneCallTwiceWithinTwoSeconds_IsOneToItsArea()
    {
        await _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);
        var area = new Scene();
        _bench.Areas.Answer = (_, signals, _) => Task.FromResult(new CivicSignals.Areas.OfferReceipt(area.Hear(_bench.Time.GetUtcNow(), signals), null));

        var first = await _bench.SendAsync(Base + "button", """{"action":"emergency"}""");
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        var second = await _bench.SendAsync(Base + "button", """{"action":"emergency"}""");

        Assert.Equal((SignalOutcome.Evidence, SignalOutcome.Repeated), (first.Signal, second.Signal));
    }

    [Fact]
    public async Task Decode_Group_IsNotCountedBesideItsMember()
    {
        await _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);
        await _bench.SendAsync(Base + "all alarms", """{"smoke":false}""");
        await _bench.SendAsync(Base + "bridge/groups", """[{"id":1,"friendly_name":"all alarms","members":[{"ieee_address":"0x01","endpoint":1}],"scenes":[]}]""", retain: true);

        Assert.Empty(await _bench.SignalsOf(Base + "all alarms", """{"smoke":true}"""));
        Assert.Empty(await _bench.SignalsOf(Base + "all alarms/smoke", "true"));
        Assert.Empty(await _bench.SignalsOf(Base + "all alarms/availability", """{"state":"offline"}"""));
        Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true}"""));

        await using var next = new IngestBench(memory: _bench.Memory);
        Assert.Equal(2, await next.Pipeline.RecallAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await next.SignalsOf(Base + "all alarms", """{"smoke":true}"""));
    }

    [Fact]
    public async Task Decode_RenamedInAnEvent_KeepsItsSourceStateAndKeys()
    {
        await _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);
        await _bench.SendAsync(Base + "heat", """{"smoke":false}""");
        await _bench.SendAsync(Base + "bridge/event", """{"type":"device_announce","data":{"friendly_name":"kitchen/heat","ieee_address":"0x02"}}""");

        Assert.Empty(await _bench.SignalsOf(Base + "kitchen/heat", """{"smoke":false}"""));
        var signal = Assert.Single(await _bench.SignalsOf(Base + "kitchen/heat", """{"smoke":true}"""));
        Assert.Equal(("homes/gw1/0x02", "fire.heat"), (signal.Source, signal.Kind));
    }

    [Fact]
    public async Task Decode_LeftInAnEvent_IsForgotten()
    {
        await _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);
        await _bench.SendAsync(Base + "bridge/event", """{"type":"device_leave","data":{"friendly_name":"siren","ieee_address":"0x03"}}""");
        Assert.Empty(await _bench.SignalsOf(Base + "siren/availability", """{"state":"offline"}"""));
    }

    [Fact]
    public async Task Decode_StateThatTellsOfItsDevice_IsThatDeviceAndModel()
    {
        const string Told = """{"smoke":true,"device":{"friendlyName":"x","model":"HESZB-120","ieeeAddr":"0x99","networkAddress":1}}""";
        var signal = Assert.Single(await _bench.SignalsOf(Base + "loft", Told));
        Assert.Equal(("homes/gw1/0x99", "fire.heat"), (signal.Source, signal.Kind));
        Assert.Empty(await _bench.SignalsOf(Base + "bell", Told.Replace("HESZB-120", "SIRZB-110", StringComparison.Ordinal).Replace("0x99", "0x98", StringComparison.Ordinal)));

        var moved = Assert.Single(await _bench.SignalsOf(Base + "attic", Told));
        Assert.Equal("homes/gw1/0x99", moved.Source);
    }

    [Fact]
    public async Task Decode_AnotherDeviceUnderAnOldName_StartsAfresh()
    {
        await _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);
        await _bench.SendAsync(Base + "hall smoke", """{"smoke":true}""");
        await _bench.SendAsync(Base + "bridge/devices", Devices.Replace("\"0x01\"", "\"0x21\"", StringComparison.Ordinal), retain: true);
        Assert.Equal("homes/gw1/0x21", Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true}""")).Source);
    }

    [Fact]
    public async Task Decode_AvailabilityBeforeTheFirstStart_IsNotTakenForARestart()
    {
        await _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);
        await _bench.SendAsync(Base + "hall smoke/availability", """{"state":"online"}""", retain: true);
        await _bench.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true}""")).SinceUnknown);
    }

    [Fact]
    public void Decode_OrdinaryReadingOfAKnownDevice_AllocatesNothing()
    {
        var dialect = new HomesDialect(Registry.Parse(Encoding.UTF8.GetBytes(IngestBench.RegistryJson)), [new Zigbee2MqttDialect()], new NoSightings(), new Strangers());
        dialect.Decode(_bench.Message(Base + "bridge/devices", Encoding.UTF8.GetBytes(Devices)));
        var reading = _bench.Message(Base + "plus", """{"battery":97,"linkquality":90,"smoke":false,"fault_state":"normal","temperature":21.5}"""u8.ToArray());
        for (var i = 0; i < 2; i++)
            dialect.Decode(reading);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            dialect.Decode(reading);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("bridge/groups", "{}", Reasons.BadShape)]
    [InlineData("bridge/event", "{", Reasons.NotJson)]
    [InlineData("hall smoke/availability", "{", Reasons.NotJson)]
    public async Task Decode_Unusable_IsRejectedWithItsReason(string name, string payload, string reason) =>
        Assert.Equal(reason, (await _bench.SendAsync(Base + name, payload)).Reason);

    private static string[] Split(string messages) => messages.Replace("} {", "}\n{", StringComparison.Ordinal).Split('\n');

    private static string Brief(Signal signal) => (signal.SinceUnknown ? "?" : signal.Active ? "+" : "-") + signal.Kind;

    private static string Device(string address, string name, string model, params string[] exposes) => $$$"""
        {"ieee_address":"0x{{{address}}}","type":"EndDevice","friendly_name":"{{{name}}}","definition":{"model":"{{{model}}}","exposes":[{{{string.Join(',', exposes)}}}]}}
        """;

    private static string Binary(string key) => $$"""{"type":"binary","name":"{{key}}","property":"{{key}}","access":1,"value_on":true,"value_off":false}""";

    private static string Enum(string key, params string[] values) =>
        $$"""{"type":"enum","name":"{{key}}","property":"{{key}}","access":1,"values":["{{string.Join("\",\"", values)}}"]}""";

    private sealed class EveryKind : IKindCatalogue
    {
        public bool Knows(string kind) => true;
    }
}
