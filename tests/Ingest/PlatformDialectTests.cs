using System.Text;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class PlatformDialectTests : IAsyncDisposable
{
    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Decode_FullMessage_IsWhatItSays()
    {
        var signal = Assert.Single(await _bench.SignalsOf("signals/any", """
            {"id":"01J","kind":"fire.smoke","active":true,"observedAt":"2026-01-10T07:58:02Z","lat":53.2,"lon":-2.9,"uncertaintyM":30,"extra":{"x":[1]}}
            """));
        Assert.Equal(("signals/any", "fire.smoke", true, "01J"), (signal.Source, signal.Kind, signal.Active, signal.Event));
        Assert.Equal((53.2, -2.9, 30), (signal.Place.Lat, signal.Place.Lon, signal.Place.UncertaintyM));
        Assert.Equal(new DateTimeOffset(2026, 1, 10, 7, 58, 2, TimeSpan.Zero), signal.ObservedAt);
    }

    [Fact]
    public async Task Decode_PlaceAbsent_IsTheRegistrys()
    {
        Assert.Equal(53.1, Assert.Single(await _bench.SignalsOf("signals/s1", """{"kind":"gas.co"}""")).Place.Lat);
        var home = Assert.Single(await _bench.SignalsOf("signals/gw1", """{"kind":"gas.co"}"""));
        Assert.Equal(("p1", 53.0466), (home.Premises, home.Place.Lat));
    }

    [Fact]
    public async Task Decode_PlaceOfAHome_IsTheRegistrysWhateverItSays() =>
        Assert.Equal(53.0466, Assert.Single(await _bench.SignalsOf("signals/gw1", """{"kind":"gas.co","lat":53.2,"lon":-2.9}""")).Place.Lat);

    [Fact]
    public async Task Decode_VehicleUnderSignals_IsTheSameSource() =>
        Assert.Equal("vehicles/v1", Assert.Single(await _bench.SignalsOf("signals/v1/a", """{"kind":"gas.co","lat":53,"lon":-3}""")).Source);

    [Fact]
    public async Task Decode_Vehicle_IsOneSourceOnAllItsTopics() =>
        Assert.Equal("vehicles/v1", Assert.Single(await _bench.SignalsOf("vehicles/v1/ecall", """{"kind":"crash.ecall-automatic","lat":53,"lon":-3}""")).Source);

    [Fact]
    public async Task Decode_DenmOfAVehicle_IsReadAsOne()
    {
        var signal = Assert.Single(await _bench.SignalsOf("vehicles/v1/denm", """
            {"source_uuid":"v1","message":{"management":{"action_id":{"originating_station_id":1,"sequence_number":2},
             "event_position":{"latitude":530466000,"longitude":-29925000}},"situation":{"event_type":{"cause":94,"subcause":6}}}}
            """));
        Assert.Equal(("vehicles/v1", "fire.vehicle", "1/2"), (signal.Source, signal.Kind, signal.Event));
    }

    [Fact]
    public async Task Decode_VehiclesEvent_IsValidForAsLongAsItSaysAndEnds()
    {
        const string Obstacle = """{"id":"7","kind":"road.obstacle","lat":53,"lon":-3,"validUntil":"2026-01-10T08:20:00Z"}""";
        var begin = Assert.Single(await _bench.SignalsOf("vehicles/v1/events", Obstacle));
        Assert.Equal(("vehicles/v1", "7", true, _bench.Time.GetUtcNow().AddMinutes(20)), (begin.Source, begin.Event, begin.Active, begin.ValidUntil));
        var end = Assert.Single(await _bench.SignalsOf("vehicles/v1/events", Obstacle.Replace("\"lat\"", "\"active\":false,\"lat\"", StringComparison.Ordinal)));
        Assert.Equal(("7", false), (end.Event, end.Active));
        _bench.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Empty(await _bench.SignalsOf("vehicles/v1/events", Obstacle));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("01J", false)]
    public async Task Decode_RetainedWithoutAnIdentity_IsSinceUnknown(string? id, bool sinceUnknown) =>
        Assert.Equal(
            sinceUnknown,
            Assert.Single(await _bench.SignalsOf("signals/s1", $$"""{"kind":"gas.co","id":{{(id is null ? "null" : $"\"{id}\"")}}}""", retain: true)).SinceUnknown);

    [Theory]
    [InlineData("2026-01-09T07:00:00Z")]
    [InlineData("2026-01-10T08:06:00+00:00")]
    public async Task Decode_UnbelievableTime_IsTheReceiptTime(string observedAt) =>
        Assert.Equal(
            _bench.Time.GetUtcNow(),
            Assert.Single(await _bench.SignalsOf("signals/s1", $$"""{"kind":"gas.co","observedAt":"{{observedAt}}"}""")).ObservedAt);

    [Fact]
    public async Task Decode_StructuredCloudEvent_IsItsData()
    {
        var signal = Assert.Single(await _bench.SignalsOf("signals/s1", """
            {"specversion":"1.0","id":"e1","source":"/x","type":"fire.smoke","time":"2026-01-10T07:59:00Z","data":{"active":false}}
            """));
        Assert.Equal(("fire.smoke", false, "e1"), (signal.Kind, signal.Active, signal.Event));
        Assert.Equal(new DateTimeOffset(2026, 1, 10, 7, 59, 0, TimeSpan.Zero), signal.ObservedAt);
    }

    [Fact]
    public async Task Decode_BinaryCloudEvent_TakesTheEnvelopeFromItsProperties()
    {
        var message = _bench.Message("signals/s1", Encoding.UTF8.GetBytes("""{"kind":"fire.smoke"}""")) with
        {
            Properties = [new("specversion", "1.0"), new("id", "e2"), new("time", "2026-01-10T07:59:00Z"), new("type", "x")],
        };
        await _bench.Pipeline.AcceptAsync(message);
        Assert.Equal("e2", Assert.Single(_bench.Areas.Signals).Event);
    }

    [Theory]
    [InlineData("signals/s1", """{"kind":"fire.unheard-of"}""", Reasons.UnknownKind)]
    [InlineData("signals/s1", "{}", Reasons.UnknownKind)]
    [InlineData("signals/s1", "[]", Reasons.BadShape)]
    [InlineData("signals/s1", """{"kind":"gas.co","active":"yes"}""", Reasons.BadShape)]
    [InlineData("signals/s1", """{"kind":"gas.co","observedAt":"2026-01-10T07:59:00"}""", Reasons.BadTime)]
    [InlineData("vehicles/v1/x", """{"kind":"road.obstacle","lat":53,"lon":-3,"validUntil":"tomorrow"}""", Reasons.BadTime)]
    [InlineData("signals/s1", """{"kind":"gas.co","lat":91,"lon":0}""", Reasons.BadPlace)]
    [InlineData("signals/s1", """{"kind":"gas.co","lat":1e999,"lon":0}""", Reasons.BadPlace)]
    [InlineData("signals/s1", """{"kind":"gas.co","lat":"53","lon":0}""", Reasons.BadPlace)]
    [InlineData("signals/new", """{"kind":"gas.co"}""", Reasons.NoPlace)]
    [InlineData("signals/s1", """{"kind":"\ud800"}""", Reasons.BadEncoding)]
    [InlineData("signals/s1", "", Reasons.NotJson)]
    [InlineData("elsewhere/s1", "{}", Reasons.ForeignTopic)]
    [InlineData("signals/+", "{}", Reasons.BadTopic)]
    public async Task Decode_Unusable_IsRejectedWithItsReason(string topic, string payload, string reason)
    {
        Assert.Equal(reason, (await _bench.SendAsync(topic, payload)).Reason);
        Assert.Equal(1, _bench.Account.Read().Rejected);
    }

    [Fact]
    public async Task AcceptAsync_NotUtf8_IsRejected() =>
        Assert.Equal(Reasons.BadEncoding, (await _bench.Pipeline.AcceptAsync(_bench.Message("signals/s1", [0x22, 0xff, 0x22]))).Reason);

    [Fact]
    public async Task AcceptAsync_TooLarge_IsRejected() =>
        Assert.Equal(Reasons.TooLarge, (await _bench.Pipeline.AcceptAsync(_bench.Message("signals/s1", new byte[SignalPipeline.MaxPayload + 1]))).Reason);

    [Theory]
    [InlineData("gw1", "signals/gw1", null)]
    [InlineData("gw1", "homes/gw1/z2m/x", null)]
    [InlineData("v1", "ns/deep/inQueue/v2x/cam/v1/0/1", null)]
    [InlineData("gw1", "homes/gw2/z2m/x", Reasons.ForeignTopic)]
    [InlineData("gw1", "homes/gw11/z2m/x", Reasons.ForeignTopic)]
    [InlineData("v1", "ns/inQueue/v2x/cam/v2/0/1", Reasons.ForeignTopic)]
    [InlineData("+", "homes/gw2/z2m/x", Reasons.ForeignTopic)]
    public async Task AcceptAsync_AuthenticatedSender_SpeaksOnlyForItself(string sender, string topic, string? reason)
    {
        var outcome = await _bench.SendAsync(topic, """{"kind":"gas.co","lat":53,"lon":-3}""", sender: sender);
        Assert.Equal(reason, outcome.Reason);
    }

    [Theory]
    [InlineData("""{"kind":"fire","says":"seen","lat":53.05,"lon":-2.99,"reporter":"r1"}""", "report.fire")]
    [InlineData("""{"kind":"fire","says":"nothing-here","lat":53.05,"lon":-2.99,"reporter":"r1"}""", "report.nothing-here")]
    public async Task AcceptReportAsync_Report_IsASignalOfItsReporter(string report, string kind)
    {
        var outcome = await _bench.Pipeline.AcceptReportAsync(Encoding.UTF8.GetBytes(report), _bench.Time.GetUtcNow());
        Assert.Equal(MessageStatus.Accepted, outcome.Status);
        var signal = Assert.Single(_bench.Areas.Signals, signal => signal.Active);
        Assert.Equal(("reports/r1", kind), (signal.Source, signal.Kind));
    }

    [Theory]
    [InlineData("""{"kind":"fire","says":"maybe","lat":53.05,"lon":-2.99,"reporter":"r1"}""", Reasons.BadShape)]
    [InlineData("""{"kind":"fire","says":"seen","lat":53.05,"reporter":"r1"}""", Reasons.NoPlace)]
    [InlineData("""{"kind":"weather","says":"seen","lat":53.05,"lon":-2.99,"reporter":"r1"}""", Reasons.UnknownKind)]
    [InlineData("x", Reasons.NotJson)]
    public async Task AcceptReportAsync_Unusable_IsRejected(string report, string reason) =>
        Assert.Equal(reason, (await _bench.Pipeline.AcceptReportAsync(Encoding.UTF8.GetBytes(report), _bench.Time.GetUtcNow())).Reason);
}
