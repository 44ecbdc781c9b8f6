using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest;

public sealed class Zigbee2MqttDialectTests : IAsyncDisposable
{
    private const string Base = "homes/gw1/z2m/";

    /// <summary>The shape of a real bridge/devices, cut to what it says about these models.</summary>
    private const string Devices = """
        [{"ieee_address":"0x00124b0000000001","type":"Coordinator","friendly_name":"Coordinator","definition":null},
         {"ieee_address":"0x00158d0003abcdef","type":"EndDevice","friendly_name":"hall smoke","supported":true,"disabled":false,
          "definition":{"model":"JTYJ-GD-01LM/BW","vendor":"Xiaomi","exposes":[
           {"type":"binary","name":"smoke","property":"smoke","access":1,"value_on":true,"value_off":false},
           {"type":"numeric","name":"battery","property":"battery","access":1,"unit":"%"},
           {"type":"binary","name":"test","property":"test","access":1,"value_on":true,"value_off":false}],"options":[]}},
         {"ieee_address":"0x02","friendly_name":"kitchen/heat","type":"EndDevice","definition":{"model":"HESZB-120","exposes":[
           {"type":"binary","name":"smoke","property":"smoke","access":1,"value_on":true,"value_off":false}]}},
         {"ieee_address":"0x03","friendly_name":"siren","type":"Router","definition":{"model":"SIRZB-110","exposes":[
           {"type":"binary","name":"smoke","property":"smoke","access":1,"value_on":true,"value_off":false}]}},
         {"ieee_address":"0x04","friendly_name":"front door","type":"EndDevice","definition":{"model":"MCCGQ11LM","exposes":[
           {"type":"binary","name":"contact","property":"contact","access":1,"value_on":false,"value_off":true}]}},
         {"ieee_address":"0x05","friendly_name":"meter","type":"Router","definition":{"model":"GM1","exposes":[
           {"type":"numeric","name":"gas","property":"gas","access":1,"unit":"m³"}]}},
         {"ieee_address":"0x06","friendly_name":"co","type":"EndDevice","definition":{"model":"DCR-CO","exposes":[
           {"type":"binary","name":"carbon_monoxide","property":"carbon_monoxide","access":1,"value_on":"ON","value_off":"OFF"}]}},
         {"ieee_address":"0x07","friendly_name":"cube","type":"EndDevice","definition":{"model":"MFKZQ01LM","exposes":[
           {"type":"enum","name":"action","property":"action","access":1,"values":["fall","shake"]}]}},
         {"ieee_address":"0x08","friendly_name":"button","type":"EndDevice","definition":{"model":"TS0215A_sos","exposes":[
           {"type":"enum","name":"action","property":"action","access":1,"values":["emergency"]}]}}]
        """;

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private Task<MessageOutcome> DescribeAsync() => _bench.SendAsync(Base + "bridge/devices", Devices, retain: true);

    [Fact]
    public async Task Decode_SmokeTurnsTrue_IsAnEdgeOfThatDeviceAtThePremises()
    {
        await DescribeAsync();
        await _bench.SendAsync(Base + "hall smoke", """{"battery":100,"linkquality":72,"smoke":false,"tamper":false,"test":false}""");

        var signal = Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"battery":100,"linkquality":72,"smoke":true,"tamper":false,"test":false}"""));

        Assert.Equal("homes/gw1/0x00158d0003abcdef", signal.Source);
        Assert.Equal("fire.smoke", signal.Kind);
        Assert.True(signal.Active);
        Assert.False(signal.SinceUnknown);
        Assert.Equal("p1", signal.Premises);
        Assert.Equal(53.0466, signal.Place.Lat);
        Assert.Equal(Consents.Fire | Consents.Police | Consents.Ambulance | Consents.Public, signal.Consents);
        Assert.Equal(_bench.Time.GetUtcNow(), signal.ObservedAt);
    }

    [Fact]
    public async Task Decode_SmokeStaysTrue_IsSentForTheAreaToJudgeAndStaysFalseIsNot()
    {
        await _bench.SendAsync(Base + "hall smoke", """{"smoke":true,"battery":100}""");
        Assert.True(Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true,"battery":99}""")).Active);
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":false,"battery":99}""")).Active);
        Assert.Empty(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":false,"battery":98}"""));
    }

    [Fact]
    public async Task Decode_RetainedAndNotHeardBefore_IsSinceUnknown()
    {
        Assert.True(Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true}""", retain: true)).SinceUnknown);
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "other", """{"smoke":true}""")).SinceUnknown);
    }

    [Fact]
    public async Task Decode_RetainedAfterInactive_IsAnEdge()
    {
        await _bench.SendAsync(Base + "hall smoke", """{"smoke":false}""", retain: true);
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true}""", retain: true)).SinceUnknown);
    }

    [Fact]
    public async Task Decode_UnderTest_IsNoHazard() =>
        Assert.Empty(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true,"test":true}"""));

    [Theory]
    [InlineData("kitchen/heat", """{"smoke":true}""", "fire.heat")]
    [InlineData("co", """{"carbon_monoxide":"ON"}""", "gas.co")]
    [InlineData("front door", """{"contact":false}""", "intrusion.contact")]
    [InlineData("button", """{"action":"emergency","battery":100}""", "sos.panic")]
    [InlineData("hall smoke/smoke", "true", "fire.smoke")]
    [InlineData("co/carbon_monoxide", "ON", "gas.co")]
    public async Task Decode_DescribedDevice_SaysWhatItsModelMeans(string name, string payload, string kind)
    {
        await DescribeAsync();
        var signal = Assert.Single(await _bench.SignalsOf(Base + name, payload));
        Assert.Equal((kind, true), (signal.Kind, signal.Active));
    }

    [Theory]
    [InlineData("siren", """{"smoke":true}""")]
    [InlineData("meter", """{"gas":1523.4}""")]
    [InlineData("cube", """{"action":"fall"}""")]
    [InlineData("hall smoke", """{"battery":1,"tamper":true,"temperature":60,"linkquality":3}""")]
    [InlineData("hall smoke/set", """{"smoke":true}""")]
    [InlineData("hall smoke/availability", """{"state":"offline"}""")]
    [InlineData("bridge/logging", """{"level":"info","message":"smoke:true"}""")]
    [InlineData("hall smoke/battery", "97")]
    public async Task Decode_NoHazard_IsAmbient(string name, string payload)
    {
        await DescribeAsync();
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Base + name, payload));
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task Decode_DoorStaysOpen_IsOneSignal()
    {
        await DescribeAsync();
        Assert.Single(await _bench.SignalsOf(Base + "front door", """{"contact":false,"battery":100}"""));
        Assert.Empty(await _bench.SignalsOf(Base + "front door", """{"contact":false,"battery":99}"""));
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "front door", """{"contact":true,"battery":99}""")).Active);
    }

    [Fact]
    public async Task Decode_StatesAfterARestart_AreSinceUnknownUnlessInactiveBefore()
    {
        await _bench.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        await DescribeAsync();
        await _bench.SendAsync(Base + "hall smoke", """{"smoke":false}""");
        _bench.Time.Advance(TimeSpan.FromHours(1));

        await _bench.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        Assert.True(Assert.Single(await _bench.SignalsOf(Base + "co", """{"carbon_monoxide":"ON"}""")).SinceUnknown);
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true}""")).SinceUnknown);
        _bench.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "kitchen/heat", """{"smoke":true}""")).SinceUnknown);
    }

    [Fact]
    public async Task Decode_FirstStartOfAGateway_TakesWhatItSaysAsNew()
    {
        await _bench.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        await DescribeAsync();
        Assert.False(Assert.Single(await _bench.SignalsOf(Base + "hall smoke", """{"smoke":true}""")).SinceUnknown);
    }

    [Fact]
    public async Task Decode_RestartSoonAfterDevicesSpoke_IsOneAllTheSame()
    {
        await _bench.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        await DescribeAsync();
        await _bench.SendAsync(Base + "hall smoke", """{"smoke":false}""");
        await _bench.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        Assert.True(Assert.Single(await _bench.SignalsOf(Base + "co", """{"carbon_monoxide":"ON"}""")).SinceUnknown);
    }

    [Fact]
    public async Task RecallAsync_AfterARestartOfThePlatform_KnowsTheDevicesAndTheirGateway()
    {
        await DescribeAsync();
        await using var next = new IngestBench(memory: _bench.Memory);

        Assert.Equal(1, await next.Pipeline.RecallAsync(TestContext.Current.CancellationToken));

        Assert.Equal("fire.heat", Assert.Single(await next.SignalsOf(Base + "kitchen/heat", """{"smoke":true}""")).Kind);
        await next.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        Assert.True(Assert.Single(await next.SignalsOf(Base + "hall smoke", """{"smoke":true}""")).SinceUnknown);
        Assert.Equal(next.Account.Read().Received, next.Account.Read().Ambient + next.Account.Read().Evidence);
    }

    [Fact]
    public async Task RecallAsync_ThenOnlineAgainAtTheReconnection_TakesWhatIsSaidNextAsNew()
    {
        await DescribeAsync();
        await using var next = new IngestBench(memory: _bench.Memory);
        await next.Pipeline.RecallAsync(TestContext.Current.CancellationToken);

        await next.SendAsync(Base + "bridge/state", """{"state":"online"}""", retain: true);
        Assert.False(Assert.Single(await next.SignalsOf(Base + "hall smoke", """{"smoke":true}""")).SinceUnknown);
    }

    [Fact]
    public async Task Decode_RenamedDevice_KeepsItsSourceAndState()
    {
        await DescribeAsync();
        await _bench.SendAsync(Base + "hall smoke", """{"smoke":false}""");
        await _bench.SendAsync(Base + "bridge/devices", Devices.Replace("\"hall smoke\"", "\"attic smoke\"", StringComparison.Ordinal), retain: true);

        Assert.Empty(await _bench.SignalsOf(Base + "attic smoke", """{"smoke":false}"""));
        Assert.Equal("homes/gw1/0x00158d0003abcdef", Assert.Single(await _bench.SignalsOf(Base + "attic smoke", """{"smoke":true}""")).Source);
    }

    [Theory]
    [InlineData("homes/gw1/")]
    [InlineData("homes/gw1/town/west/")]
    public async Task Decode_UnusualBaseTopic_IsLearntFromTheBridge(string root)
    {
        await _bench.SendAsync(root + "bridge/devices", Devices, retain: true);
        Assert.Equal("fire.heat", Assert.Single(await _bench.SignalsOf(root + "kitchen/heat", """{"smoke":true}""")).Kind);
        Assert.Equal("fire.smoke", Assert.Single(await _bench.SignalsOf(root + "new one", """{"smoke":true}""")).Kind);
    }

    [Theory]
    [InlineData("homes/gw9/z2m/hall smoke", """{"smoke":true}""", Reasons.UnregisteredSource)]
    [InlineData("homes/gw1/tasmota/hall", """{"smoke":true}""", Reasons.UnknownDialect)]
    [InlineData("homes/gw1/z2m/hall smoke", """{"smoke":true""", Reasons.NotJson)]
    [InlineData("homes/gw1/z2m/hall smoke", """{"smoke":true} x""", Reasons.NotJson)]
    [InlineData("homes/gw1/z2m/hall smoke", "offline", Reasons.NotJson)]
    [InlineData("homes/gw1/z2m/bridge/devices", "{}", Reasons.BadShape)]
    public async Task Decode_Unusable_IsRejectedWithItsReason(string topic, string payload, string reason)
    {
        var outcome = await _bench.SendAsync(topic, payload);
        Assert.Equal((MessageStatus.Rejected, reason), (outcome.Status, outcome.Reason));
        Assert.Equal(reason, Assert.Single(_bench.Letters.Newest(10)).Reason);
        Assert.Equal(1, _bench.Account.Read().RejectedByReason[reason]);
    }

    [Fact]
    public async Task Decode_NestedTooDeeply_IsRejected()
    {
        var payload = $$"""{"smoke":true,"x":{{new string('[', 40)}}{{new string(']', 40)}}}""";
        Assert.Equal(Reasons.TooDeep, (await _bench.SendAsync(Base + "hall smoke", payload)).Reason);
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task AcceptAsync_UndeliveredEdge_IsSentAgainWhenItComesAgain()
    {
        await DescribeAsync();
        var answer = _bench.Areas.Answer;
        _bench.Areas.Answer = (_, _, _) => throw new InvalidOperationException("down");
        Assert.Equal(MessageStatus.Failed, (await _bench.SendAsync(Base + "front door", """{"contact":false}""")).Status);

        _bench.Areas.Answer = answer;
        Assert.True(Assert.Single(await _bench.SignalsOf(Base + "front door", """{"contact":false}""")).Active);
    }

    [Fact]
    public async Task AcceptAsync_MetadataNotKept_IsNotAcknowledged()
    {
        ((FakeMemory)_bench.Memory).OnRemember = () => throw new IOException("full");
        Assert.Equal(Reasons.MemoryUnavailable, (await _bench.SendAsync(Base + "bridge/devices", Devices)).Reason);
        Assert.Equal(1, _bench.Account.Read().Failed);
    }
}
