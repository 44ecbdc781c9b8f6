using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class OwnTracksDialectTests : IAsyncDisposable
{
    private const string Harsh = """{"_type":"location","lat":53.0466,"lon":-2.9925,"acc":8,"vel":42,"t":"h","tst":1768031990,"inregions":["home"]}""";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("owntracks/ana/phone", """{"_type":"location","lat":51.5,"lon":-0.12,"acc":13,"t":"u","tst":1768031990}""", null)]
    [InlineData("owntracks/ana/phone/event", """{"_type":"transition","event":"enter","desc":"home","tst":1768031990,"t":"h"}""", null)]
    [InlineData("owntracks/ana/phone", """{"_type":"lwt","tst":1768031990}""", null)]
    [InlineData("owntracks/ana/phone/info", """{"_type":"card","name":"Ana","face":"iVBORw0K"}""", null)]
    [InlineData("owntracks/ana/phone", """{"_type":"encrypted","data":"q6QMbRmq"}""", Reasons.Undecodable)]
    [InlineData("owntracks/ana/phone", "[]", Reasons.BadShape)]
    [InlineData("owntracks/ana/phone", "1700000000;51.5;-0.12", Reasons.NotJson)]
    [InlineData("owntracks/ana/phone", """{"_type":"location","t":"h","tst":1768031990}""", Reasons.NoPlace)]
    [InlineData("owntracks/ana/phone", """{"_type":"location","lat":91,"lon":0,"t":"h","tst":1768031990}""", Reasons.BadPlace)]
    [InlineData("owntracks/ana/phone", """{"_type":"location","lat":51,"lon":0,"t":"h"}""", null)]
    [InlineData("owntracks/ana/phone", """{"_type":"location","lat":51,"lon":0,"t":"h","tst":1700000000}""", null)] // Sent years later.
    [InlineData("owntracks/ana", "{}", Reasons.ForeignTopic)]
    public async Task Decode_NoHarshBraking_IsNoEvidence(string topic, string payload, string? reason)
    {
        Assert.Equal(reason, (await _bench.SendAsync(topic, payload)).Reason);
        Assert.Empty(_bench.Areas.Signals);
        Assert.Equal(1, _bench.Account.Read() is var totals ? totals.Ambient + totals.Rejected : 0);
    }

    [Fact]
    public async Task Decode_HarshBraking_IsEvidenceWithoutAName()
    {
        var signal = Assert.Single(await _bench.SignalsOf("owntracks/ana/phone", Harsh));
        Assert.Equal(("road.hard-braking", true, 8), (signal.Kind, signal.Active, signal.Place.UncertaintyM));
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(-10), signal.ObservedAt);
        Assert.Matches("^vehicles/~[0-9a-f]{20}$", signal.Source);
        Assert.Equal(signal.Source, Assert.Single(await _bench.SignalsOf("owntracks/ana/phone/event", Harsh)).Source);
        Assert.NotEqual(signal.Source, Assert.Single(await _bench.SignalsOf("owntracks/ana/car", Harsh)).Source);
    }

    [Fact]
    public async Task Decode_Rejected_LeavesNoName()
    {
        await _bench.SendAsync("owntracks/ana/anas-phone/event", "x");
        Assert.Equal("owntracks/…/event", Assert.Single(_bench.Letters.Newest(9)).Topic);
    }

    [Theory]
    [InlineData("ana", null)]
    [InlineData("bob", Reasons.ForeignTopic)]
    public async Task AcceptAsync_AuthenticatedSender_SpeaksOnlyForItself(string sender, string? reason) =>
        Assert.Equal(reason, (await _bench.SendAsync("owntracks/ana/phone", Harsh, sender: sender)).Reason);

    [Fact]
    public async Task Decode_Location_AllocatesNothing() => await Allocations.AssertNoneAsync(
        _bench, "owntracks/ana/phone", """{"_type":"location","lat":51.5,"lon":-0.12,"acc":13,"t":"u","tst":1768031990,"motionactivities":["automotive"]}""");
}
