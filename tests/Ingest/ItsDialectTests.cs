using System.Text.Json.Nodes;
using CivicSignals.Ingest.Dialects.Its;
using CivicSignals.Ingest.Pipeline;

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
    [InlineData(2, 5, "crash.accident")]
    [InlineData(92, 3, "crash.ecall-automatic")]
    [InlineData(92, 2, "crash.ecall-manual")]
    [InlineData(92, 77, "crash.post-crash")]
    [InlineData(94, 6, "fire.vehicle")]
    [InlineData(94, 3, "crash.post-crash")]
    [InlineData(6, 11, "flood.surface")]
    [InlineData(99, 5, "road.hard-braking")]
    [InlineData(42, 0, "road.hazard")]
    [InlineData(28, 0, null)]
    [InlineData(95, 1, null)]
    [InlineData(100, 4, null)]
    [InlineData(100, 1, "road.hazard")]
    public void KindOf_Cause_IsThatOfTheTable(long cause, long sub, string? kind) => Assert.Equal(kind, Causes.Embedded.KindOf(cause, sub));

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
             "situationSUFFIX":{"event_type":{"cause":2,"subcause":5}},"locationSUFFIX":{"traces":[]}}}
            """
            .Replace("SUFFIX", container, StringComparison.Ordinal)
            .Replace("AT,", $"{at},", StringComparison.Ordinal)
            .Replace("DETECTED", $"{at - 1_072_915_200_000}", StringComparison.Ordinal)
            .Replace("POSITION", position, StringComparison.Ordinal)
            .Replace("MORE", more, StringComparison.Ordinal);
    }
}
