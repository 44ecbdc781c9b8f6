using System.Text.Json.Nodes;
using CivicSignals.Areas;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest;

public sealed class ItsDialectTests : IAsyncDisposable
{
    private const string Topic = "default/inQueue/v2x/denm/v2x_1/0/3/1/3";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>One accident as each generation of the format writes it.</summary>
    public static TheoryData<string> Generations => new(
        Denm(
            "_container",
            """{"latitude":530466000,"longitude":-29925000,"altitude":800001}""",
            ""","confidence":{"position_confidence_ellipse":{"semi_major_confidence":1200,"semi_minor_confidence":50},"altitude":1} """),
        Denm("_container", """{"latitude":530466000,"longitude":-29925000,"altitude":0,"confidence":{"position_confidence_ellipse":{"semi_major_confidence":1200}}}"""),
        Denm("", """{"latitude":530466000,"longitude":-29925000,"position_confidence_ellipse":{"semi_major":1200,"semi_minor":5},"altitude":{"value":0,"confidence":1}}"""),
        Denm("", """{"latitude":{"value":530466000},"longitude":{"value":-29925000},"position_confidence_ellipse":{"semi_major":1200}}"""));

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Decode_EveryGeneration_IsTheSameAccident(string payload)
    {
        var signal = Assert.Single(await _bench.SignalsOf(Topic, payload));

        Assert.Equal("vehicles/v2x_1", signal.Source);
        Assert.Equal("crash.accident", signal.Kind);
        Assert.True(signal.Active);
        Assert.Equal("10000/1", signal.Event);
        Assert.Equal(53.0466, signal.Place.Lat, 7);
        Assert.Equal(-2.9925, signal.Place.Lon, 7);
        Assert.Equal(12, signal.Place.UncertaintyM);
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(-2), signal.ObservedAt);
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(-2 + 600), signal.ValidUntil);
        Assert.Null(signal.Premises);
    }

    [Fact]
    public async Task Decode_RecordedSample_IsASlowVehicleAtItsReceiptTime()
    {
        var payload = await File.ReadAllTextAsync(Shared.File("data/vehicles/its_denm_sample.json"), TestContext.Current.CancellationToken);
        var signal = Assert.Single(await _bench.SignalsOf("default/inQueue/v2x/denm/v2x_87654321/0/3/1", payload));
        Assert.Equal("road.slow-vehicle", signal.Kind);
        Assert.Equal(_bench.Time.GetUtcNow(), signal.ObservedAt); // The recording is of another year.
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(60), signal.ValidUntil);
    }

    [Fact]
    public async Task Decode_RecordedCam_IsAmbient()
    {
        var payload = await File.ReadAllTextAsync(Shared.File("data/vehicles/its_cam_sample.json"), TestContext.Current.CancellationToken);
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync("default/inQueue/v2x/cam/v2x_12345678/0/3", payload));
    }

    [Fact]
    public async Task Decode_TerminationWithoutSituation_EndsWhatTheEventWas()
    {
        await _bench.SendAsync(Topic, Denm("_container"));
        var signal = Assert.Single(await _bench.SignalsOf(Topic, Ended(Denm("_container"))));
        Assert.Equal(("crash.accident", false, "vehicles/v2x_1", "10000/1"), (signal.Kind, signal.Active, signal.Source, signal.Event));
        Assert.Single(await _bench.SignalsOf(Topic, Ended(Denm("_container"))));
    }

    [Fact]
    public async Task Decode_TerminationOfAnUnknownEvent_IsAmbient() =>
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Topic, Ended(Denm("_container"))));

    [Fact]
    public async Task Decode_AnotherSourcesIdentity_IsRejected() =>
        Assert.Equal(Reasons.ForeignIdentity, (await _bench.SendAsync("ns/inQueue/v2x/denm/v2x_2/0", Denm("_container"))).Reason);

    [Theory]
    [InlineData("""{"latitude":900000001,"longitude":1800000001}""", Reasons.BadPlace)]
    [InlineData("""{"latitude":530466000}""", Reasons.NoPlace)]
    [InlineData("[]", Reasons.NoPlace)]
    public async Task Decode_UnusablePosition_IsRejected(string position, string reason) =>
        Assert.Equal(reason, (await _bench.SendAsync(Topic, Denm("_container", position))).Reason);

    [Theory]
    [InlineData("1")]
    [InlineData("{\"value\":1}")]
    public async Task Decode_NegationByAnother_SpeaksAgainstTheEvent(string termination)
    {
        await _bench.SendAsync(Topic, Denm("_container"));
        var negation = Denm("_container").Replace("\"v2x_1\"", "\"v2x_2\"", StringComparison.Ordinal).Replace("\"reference_time\":0", $"\"termination\":{termination}", StringComparison.Ordinal);
        var signal = Assert.Single(await _bench.SignalsOf("ns/inQueue/v2x/denm/v2x_2", negation));
        Assert.Equal(("vehicles/v2x_2", "road.nothing-here", true, "10000/1"), (signal.Source, signal.Kind, signal.Active, signal.Event));
    }

    [Fact]
    public async Task Decode_NegationOfItsOwnEvent_EndsIt()
    {
        await _bench.SendAsync(Topic, Denm("_container"));
        var signal = Assert.Single(await _bench.SignalsOf(Topic, Denm("_container").Replace("\"reference_time\":0", "\"termination\":1", StringComparison.Ordinal)));
        Assert.Equal(("crash.accident", false), (signal.Kind, signal.Active));
    }

    [Fact]
    public async Task Decode_EventOfTwoKinds_BeginsAndEndsBoth()
    {
        var denm = Denm("").Replace("\"subcause\":1", "\"subcause\":5", StringComparison.Ordinal);
        Assert.Equal(["crash.accident", "road.hazmat"], (await _bench.SignalsOf(Topic, denm)).Select(signal => signal.Kind));
        var ended = await _bench.SignalsOf(Topic, denm.Replace("\"reference_time\":0", "\"termination\":0", StringComparison.Ordinal));
        Assert.Equal([("crash.accident", false), ("road.hazmat", false)], ended.Select(signal => (signal.Kind, signal.Active)));
    }

    [Theory]
    [InlineData(5_000)] // Counted with leap seconds.
    [InlineData(-9_000)]
    public async Task Decode_DetectionNearTheEnvelope_IsTheEnvelopes(int offsetMs)
    {
        var sentAt = _bench.Time.GetUtcNow().AddSeconds(-2);
        var signal = Assert.Single(await _bench.SignalsOf(Topic, Detected(sentAt.AddMilliseconds(offsetMs))));
        Assert.Equal((sentAt, sentAt.AddSeconds(600)), (signal.ObservedAt, signal.ValidUntil));
    }

    [Fact]
    public async Task Decode_DetectedEarlier_ExpiresEarlier()
    {
        var detectedAt = _bench.Time.GetUtcNow().AddMinutes(-9);
        Assert.Equal(detectedAt.AddSeconds(600), Assert.Single(await _bench.SignalsOf(Topic, Detected(detectedAt))).ValidUntil);
        Assert.Equal(MessageOutcome.Ambient, await _bench.SendAsync(Topic, Detected(detectedAt.AddMinutes(-1))));
    }

    [Fact]
    public async Task Decode_AsnNames_AreTheSameDenm()
    {
        const string Payload = """
            {"header":{"protocolVersion":2,"messageID":1,"stationID":7},"denm":{
             "management":{"actionID":{"originatingStationID":7,"sequenceNumber":3},"detectionTime":0,"eventPosition":{"latitude":530466000,"longitude":-29925000,
              "positionConfidenceEllipse":{"semiMajorConfidence":4094}},"validityDuration":120},
             "situation":{"informationQuality":3,"eventType":{"ccAndScc":{"accident2":5}}}}}
            """;
        var signals = await _bench.SignalsOf("ns/inQueue/v2x/denm/v2x_1", Payload);
        Assert.Equal(["crash.accident", "road.hazmat"], signals.Select(signal => signal.Kind));
        Assert.Equal(("vehicles/v2x_1", "7/3", 60), (signals[0].Source, signals[0].Event, signals[0].Place.UncertaintyM));
        var old = Payload.Replace("{\"ccAndScc\":{\"accident2\":5}}", "{\"causeCode\":94,\"subCauseCode\":6}", StringComparison.Ordinal);
        Assert.Equal("fire.vehicle", Assert.Single(await _bench.SignalsOf("vehicles/v1/denm", old)).Kind);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("/0/3/1", null)]
    [InlineData("/0/3/1/…", null)]
    [InlineData("/geo/9", null)]
    [InlineData("/0/3/1/3/3/3/1/1/1", Reasons.PlaceMismatch)]
    [InlineData("/1/2/1/3", Reasons.PlaceMismatch)]
    [InlineData("/3", null)] // A neighbour of the tile that holds it.
    [InlineData("/0/3/1/3/3/3/1/1/1/2/1/3/1/0/0/1/2/1/2/1/2/1", Reasons.PlaceMismatch)]
    public async Task Decode_TopicsTile_MustHoldThePosition(string tile, string? reason) =>
        Assert.Equal(reason, (await _bench.SendAsync("5G/CroCo/inQueue/v2x/denm/v2x_1" + tile, Denm(""))).Reason);

    [Theory]
    [InlineData(0, null)]
    [InlineData(0.00005, null)] // A neighbour.
    [InlineData(0.00020, null)] // 13 m away and 12 m uncertain.
    [InlineData(0.00060, Reasons.PlaceMismatch)]
    public async Task Decode_DeepestTile_ToleratesTheUncertainty(double offLon, string? reason)
    {
        var digits = string.Join('/', Quadkey.At(53.0466, -2.9925 + offLon, 22).ToCharArray());
        var denm = Denm("", """{"latitude":530466000,"longitude":-29925000,"position_confidence_ellipse":{"semi_major":1200}}""");
        Assert.Equal(reason, (await _bench.SendAsync($"ns/inQueue/v2x/denm/v2x_1/{digits}", denm)).Reason);
    }

    [Theory]
    [InlineData("0/3/1/3/1/1", null)]
    [InlineData("", null)]
    [InlineData("1/2/1/3", Reasons.PlaceMismatch)]
    public async Task Decode_BrakingCam_IsHardBrakingWhereItIs(string tile, string? reason)
    {
        var topic = $"ns/inQueue/v2x/cam/v2x_1/{tile}".TrimEnd('/');
        Assert.Equal(reason, (await _bench.SendAsync(topic, Cam("true"))).Reason);
        Assert.Equal(reason is null ? 1 : 0, _bench.Areas.Signals.Count());
        Assert.All(_bench.Areas.Signals, signal =>
        {
            Assert.Equal(("vehicles/v2x_1", "road.hard-braking", true, null), (signal.Source, signal.Kind, signal.Active, signal.Event));
            Assert.Equal((53.0466, -2.9925, 3), (Math.Round(signal.Place.Lat, 7), Math.Round(signal.Place.Lon, 7), signal.Place.UncertaintyM));
            Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(-1), signal.ObservedAt);
        });
    }

    [Fact]
    public async Task Decode_BrakingCamOfTheFirstGeneration_IsHardBraking()
    {
        const string Payload = """
            {"type":"cam","version":"1.1.3","source_uuid":"v2x_1","timestamp":1768031999000,"path":[{"position":{"latitude":1,"longitude":2},"message_type":"denm"}],
             "message":{"basic_container":{"reference_position":{"latitude":530466000,"longitude":-29925000,"altitude":0},"confidence":{"position_confidence_ellipse":{"semi_major_confidence":100}}},
             "high_frequency_container":{"acceleration_control":"1010000"}}}
            """;
        var signal = Assert.Single(await _bench.SignalsOf("ns/inQueue/v2x/cam/v2x_1", Payload));
        Assert.Equal(("road.hard-braking", 53.0466), (signal.Kind, Math.Round(signal.Place.Lat, 7)));
        Assert.Empty(await _bench.SignalsOf("ns/inQueue/v2x/cam/v2x_1", Payload.Replace("1010000", "1100000", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Decode_OrdinaryCam_AllocatesNothing() => await Allocations.AssertNoneAsync(_bench, "ns/inQueue/v2x/cam/v2x_1/0/3/1/3", Cam("false"));

    [Theory]
    [InlineData("""{"message_type":"cam","message_format":"asn1/uper","source_uuid":"v2x_1","message":{"version":"1.4.1","payload":"AgI="}}""", Reasons.Undecodable)]
    [InlineData("""{"source_uuid":"v2x_2"}""", Reasons.ForeignIdentity)]
    [InlineData("""{"source_uuid":7}""", Reasons.ForeignIdentity)]
    [InlineData("""{"source_uuid":"v2x_1" """, Reasons.NotJson)]
    [InlineData("""{"source_uuid":"v2x_1","emergency_brake_engaged":true}""", Reasons.NoPlace)]
    [InlineData("""{"source_uuid":"v2x_1","latitude":900000001,"longitude":1800000001,"emergency_brake_engaged":true}""", Reasons.BadPlace)]
    [InlineData("""{"source_uuid":"v2x_1","message":{"special_vehicle_container":{"emergency_container":{"light_bar_siren_in_use":{"siren_activated":true}}}}}""", null)]
    public async Task Decode_Cam_IsRejectedOrAmbient(string payload, string? reason)
    {
        var outcome = await _bench.SendAsync("ns/inQueue/v2x/cam/v2x_1/0/3", payload);
        Assert.Equal((reason, SignalOutcome.Ambient), (outcome.Reason, outcome.Signal));
    }

    private static string Cam(string brakes) => """
        {"message_type":"cam","message_format":"json/raw","source_uuid":"v2x_1","timestamp":1768031999000,"version":"2.4.0","message":{"protocol_version":2,"station_id":1,
         "generation_delta_time":1,"basic_container":{"station_type":5,"reference_position":{"latitude":530466000,"longitude":-29925000,
         "position_confidence_ellipse":{"semi_major":300,"semi_minor":200,"semi_major_orientation":0},"altitude":{"value":8144,"confidence":5}}},
         "high_frequency_container":{"basic_vehicle_container_high_frequency":{"speed":{"value":1320,"confidence":5},
         "acceleration_control":{"brake_pedal_engaged":true,"emergency_brake_engaged":BRAKES,"acc_engaged":false}}}}}
        """.Replace("BRAKES", brakes, StringComparison.Ordinal);

    private static string Detected(DateTimeOffset at)
    {
        var root = JsonNode.Parse(Denm(""))!;
        root["message"]!["management"]!["detection_time"] = at.ToUnixTimeMilliseconds() - 1_072_915_200_000;
        return root.ToJsonString();
    }

    private static string Ended(string denm)
    {
        var root = JsonNode.Parse(denm)!;
        root["message"]!["management_container"]!["termination"] = 0;
        root["message"]!.AsObject().Remove("situation_container");
        return root.ToJsonString();
    }

    private static string Denm(string container, string position = """{"latitude":530466000,"longitude":-29925000}""", string more = "")
    {
        var at = new DateTimeOffset(2026, 1, 10, 7, 59, 58, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return """
            {"source_uuid":"v2x_1","timestamp":AT,"message":{"protocol_version":1,"station_id":654321,
             "managementSUFFIX":{"action_id":{"originating_station_id":10000,"sequence_number":1},
              "detection_time":DETECTED,"reference_time":0,"event_position":POSITION MORE},
             "situationSUFFIX":{"event_type":{"cause":2,"subcause":1}},"locationSUFFIX":{"traces":[]}}}
            """
            .Replace("SUFFIX", container, StringComparison.Ordinal)
            .Replace("AT,", $"{at},", StringComparison.Ordinal)
            .Replace("DETECTED", $"{at - 1_072_915_200_000}", StringComparison.Ordinal)
            .Replace("POSITION", position, StringComparison.Ordinal)
            .Replace("MORE", more, StringComparison.Ordinal);
    }
}
