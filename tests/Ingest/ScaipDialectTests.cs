using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest;

public sealed class ScaipDialectTests : IAsyncDisposable
{
    private const string Topic = "homes/gw1/scaip";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("05", "09", "medical.fall")]
    [InlineData("0005", "0009", "medical.fall")]
    [InlineData("30", "9", "medical.fall")]
    [InlineData("3", "10", "sos.panic")]
    [InlineData("0004", "10", "sos.panic")]
    [InlineData("06", "11", "sos.panic")]
    [InlineData("07", "110", "sos.panic")]
    [InlineData("02", "10", "sos.panic")]
    [InlineData("21", "46", "gas.combustible")]
    [InlineData("23", "9", "fire.smoke")]
    [InlineData("23", "", "fire.smoke")]
    [InlineData("25", "126", "fire.heat")]
    [InlineData("26", "9", "gas.co")]
    [InlineData("28", "106", "intrusion.alarm")]
    [InlineData("33", "79", "flood.indoor")]
    [InlineData("47", "9", "fire.alarm-system")]
    [InlineData("37", "9", "fire.alarm-system")]
    [InlineData("02", "102", "supervision.test")]
    [InlineData("03", "0103", "supervision.test")]
    [InlineData("23", "16", "supervision.battery")]
    [InlineData("41", "85", "supervision.mains")]
    [InlineData("32", "23", "supervision.fault")]
    [InlineData("23", "125", "supervision.tamper")]
    public void Decode_TypeAndStatus_AreTheKindWhateverTheirPadding(string type, string status, string kind) =>
        Assert.Equal(kind, Active(Message(type, status)).Kind);

    [Fact]
    public async Task Decode_Alarm_IsOfTheUnitsDevice()
    {
        var signal = Assert.Single(await _bench.SignalsOf(Topic, Message("05", "09", device: "17", reference: "00020486")));
        Assert.Equal(("homes/gw1/2342566343454/17", "p1", "00020486"), (signal.Source, signal.Premises, signal.Event));
    }

    [Theory]
    [InlineData("""<mrq><ref>00020486</ref><cha>0</cha><mty>ME</mty><cid>2342566343454</cid><dty>02</dty><did>00</did><crd>no-voice:</crd><stc>102</stc></mrq>""", "supervision.test")]
    [InlineData("""<?xml version="1.0" encoding="UTF-8"?><scaip><ver>01.00</ver><ref>1</ref><cid>+123456</cid><dty>0007</dty><stc>0010</stc><lge><geo>53,-3</geo></lge></scaip>""", "sos.panic")]
    [InlineData("""<mrq><ref>1</ref><cid> 12 </cid><dty> 5 </dty><!-- x --><stc><![CDATA[9]]></stc><unknown><deep>1</deep></unknown></mrq>""", "medical.fall")]
    public void Decode_BodiesAsUnitsSendThem_AreRead(string body, string kind) => Assert.Equal(kind, Active(body).Kind);

    [Theory]
    [InlineData("12", "22")] // A bed empty too long: known and not weighed.
    [InlineData("10", "9")]
    [InlineData("17", "9")]
    [InlineData("23", "50")] // Two meanings in the lists.
    [InlineData("14", "100")]
    [InlineData("03", "102")]
    public async Task Decode_NoHazard_IsAmbient(string type, string status)
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync("homes/gw1/telecare/scaip", Message(type, status)));
        Assert.DoesNotContain(_bench.Areas.Signals, signal => signal.Active);
    }

    [Theory]
    [InlineData("PI")]
    [InlineData("IN")]
    public async Task Decode_HeartbeatOrInformation_IsNoAlarm(string messageType)
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Topic, Message("03", "10", messageType: messageType)));
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Topic, "<mrq><ref>1</ref><mty>PI</mty><cid>12</cid></mrq>"));
    }

    [Theory]
    [InlineData("02", "111", "ME", "00")] // The unit: intervention complete.
    [InlineData("02", "93", "ME", "00")]
    [InlineData("05", "19", "ME", "17")] // The detector: cancelled within its time.
    [InlineData("05", "", "RE", "17")]
    [InlineData("05", "70", "ME", "17")]
    public async Task Decode_ResetCancelOrIntervention_EndsTheAlarm(string type, string status, string messageType, string device)
    {
        await _bench.SendAsync(Topic, Message("05", "09", device: "17"));
        var end = Assert.Single(await _bench.SignalsOf(Topic, Message(type, status, device, messageType, "2")),
            signal => signal is { Kind: "medical.fall", Source: "homes/gw1/2342566343454/17" });
        Assert.False(end.Active);
        Assert.Null(end.Event);
    }

    [Fact]
    public async Task Decode_ResendAndSecondCall_AreToldApartByTheirReference()
    {
        Assert.Equal(["1", "1", "2"], new[]
        {
            Assert.Single(await _bench.SignalsOf(Topic, Message("03", "10", reference: "1"))).Event,
            Assert.Single(await _bench.SignalsOf(Topic, Message("03", "10", reference: "1"))).Event,
            Assert.Single(await _bench.SignalsOf(Topic, Message("03", "10", reference: "2"))).Event,
        });
    }

    [Theory]
    [InlineData("", Reasons.NotXml)]
    [InlineData("<mrq><ref>1</ref>", Reasons.NotXml)]
    [InlineData("""{"cid":1}""", Reasons.NotXml)]
    [InlineData("""<!DOCTYPE mrq [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><mrq><ref>&b;</ref><cid>1</cid><dty>5</dty></mrq>""", Reasons.NotXml)]
    [InlineData("""<!DOCTYPE mrq SYSTEM "file:///etc/passwd"><mrq><ref>1</ref><cid>1</cid><dty>5</dty></mrq>""", Reasons.NotXml)]
    [InlineData("<mrs><ref>1</ref><cid>1</cid><dty>5</dty></mrs>", Reasons.BadShape)]
    [InlineData("<mrq><ref>1</ref><dty>5</dty></mrq>", Reasons.BadShape)]
    [InlineData("<mrq><ref>1</ref><cid>1</cid></mrq>", Reasons.BadShape)]
    [InlineData("<mrq><cid>1</cid><dty>5</dty></mrq>", Reasons.BadShape)]
    [InlineData("<mrq><ref>1</ref><cid>1</cid><dty>five</dty></mrq>", Reasons.BadShape)]
    [InlineData("<mrq><ref>1</ref><cid>1</cid><dty>-5</dty></mrq>", Reasons.BadShape)]
    [InlineData("<mrq><ref>1</ref><mty>XX</mty><cid>1</cid><dty>5</dty></mrq>", Reasons.BadShape)]
    [InlineData("<mrq><ref>1</ref><cid>1</cid><dty>999</dty><stc>9</stc></mrq>", Reasons.UnknownKind)]
    [InlineData("<mrq><ref>1</ref><cid>1</cid><dty>5</dty><stc>999</stc></mrq>", Reasons.UnknownKind)]
    [InlineData("<mrq><a><a><a><a><a><a><a><a><a><a>1</a></a></a></a></a></a></a></a></a></a></mrq>", Reasons.TooDeep)]
    public async Task Decode_Unusable_IsRejectedWithItsReason(string body, string reason)
    {
        Assert.Equal(reason, (await _bench.SendAsync(Topic, body)).Reason);
        Assert.Empty(_bench.Areas.Offers);
    }

    [Fact]
    public async Task Decode_TooLong_IsRejected() =>
        Assert.Equal(Reasons.TooLarge, (await _bench.SendAsync(Topic, Message("5", "9") + new string(' ', 17_000))).Reason);

    private static string Message(string type, string status, string device = "00", string messageType = "ME", string reference = "1") =>
        $"<mrq><ref>{reference}</ref><mty>{messageType}</mty><cid>2342566343454</cid><dty>{type}</dty><did>{device}</did><stc>{status}</stc></mrq>";

    private Signal Active(string body) => Assert.Single(_bench.Decode(Topic, body), signal => signal.Active);
}
