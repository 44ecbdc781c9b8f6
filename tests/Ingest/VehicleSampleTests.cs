using CivicSignals.Fusion;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

/// <summary>What vehicles send, each in one message, on the kinds of the bundled model.</summary>
public sealed class VehicleSampleTests : IAsyncDisposable
{
    private const string First = """
        {"type":"denm","origin":"self","version":"1.1.3","source_uuid":"car-1","timestamp":1768031999000,"message":{"protocol_version":1,"station_id":9,
         "management_container":{"action_id":{"originating_station_id":9,"sequence_number":4},"detection_time":695116799000,"reference_time":695116799000,
          "event_position":{"latitude":530466000,"longitude":-29925000,"altitude":800001},"station_type":5},
         "situation_container":{"event_type":{"cause":CAUSE,"subcause":SUB}},"location_container":{"event_speed":16383,"event_position_heading":3601,"traces":[]}}}
        """;

    private const string Newest = """
        {"message_type":"denm","version":"2.3.0","source_uuid":"car-1","timestamp":1768031999000,"message":{"protocol_version":2,"station_id":9,
         "management":{"action_id":{"originating_station_id":9,"sequence_number":4},"detection_time":695116799000,"reference_time":695116799000,"termination":0,
          "event_position":{"latitude":530466000,"longitude":-29925000,"position_confidence_ellipse":{"semi_major":4095,"semi_minor":4095,"semi_major_orientation":3601},
           "altitude":{"value":800001,"confidence":15}},"station_type":5}}}
        """;

    private readonly IngestBench _bench = new(kinds: FusionModel.Bundled());

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(2, 5, "crash.accident road.hazmat")] // 24
    [InlineData(94, 6, "fire.vehicle")] // 26
    [InlineData(1, 5, "")]
    [InlineData(30, 0, "road.hazard")]
    public async Task Decode_DenmOnATopicCutShort_IsItsCause(int cause, int sub, string kinds)
    {
        foreach (var topic in (string[])["default/inQueue/v2x/denm/car-1/0/3/1/…", "default/inQueue/v2x/denm/car-1/0/3/1", "default/inQueue/v2x/denm/car-1"])
            Assert.Equal(kinds, string.Join(' ', (await _bench.SignalsOf(topic, Denm(cause, sub))).Select(signal => signal.Kind)));
        Assert.Equal(0, _bench.Account.Read().Rejected);
    }

    [Fact]
    public async Task Decode_TerminationInAnotherGeneration_ClosesTheSameEvent() // 25
    {
        await _bench.SendAsync("default/inQueue/v2x/denm/car-1/0/3/1", Denm(2, 5));
        var ended = await _bench.SignalsOf("default/inQueue/v2x/denm/car-1/0/3/1", Newest);
        Assert.Equal([("crash.accident", false, "9/4"), ("road.hazmat", false, "9/4")], ended.Select(signal => (signal.Kind, signal.Active, signal.Event!)));
    }

    [Fact]
    public async Task Decode_EncryptedOwnTracks_IsUndecodableAndCounted() // 27
    {
        var outcome = await _bench.SendAsync("owntracks/ana/phone", """{"_type":"encrypted","data":"…"}""");
        Assert.Equal((MessageStatus.Rejected, Reasons.Undecodable), (outcome.Status, outcome.Reason));
        Assert.Equal(1, _bench.Account.Read().RejectedByReason[Reasons.Undecodable]);
    }

    private static string Denm(int cause, int sub) => First.Replace("CAUSE", $"{cause}", StringComparison.Ordinal).Replace("SUB", $"{sub}", StringComparison.Ordinal);
}
