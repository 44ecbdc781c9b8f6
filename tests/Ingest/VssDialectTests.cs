using CivicSignals.Ingest.Dialects.Vss;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;

namespace CivicSignals.Tests.Ingest;

public sealed class VssDialectTests : IAsyncDisposable
{
    private const string Vin = "WVWZZZ1JZXW000001";
    private const string Here = """{"Vehicle.CurrentLocation.Latitude":{"value":53.0466},"Vehicle.CurrentLocation.Longitude":{"value":-2.9925},"Vehicle.CurrentLocation.HorizontalAccuracy":5}""";

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("Vehicle/Chassis/Brake/IsDriverEmergencyBrakingDetected", "true", "road.hard-braking")]
    [InlineData("Vehicle/ADAS/EBA/IsEngaged", "true", "road.hard-braking")]
    [InlineData("Vehicle/ADAS/ABS/IsEngaged", "true", "road.hard-braking")]
    [InlineData("Vehicle/Cabin/Seat/Row1/DriverSide/Airbag/IsDeployed", "true", "crash.airbag")]
    [InlineData("Vehicle/Safety/Rollover", "DETECTED", "crash.rollover")]
    [InlineData("Vehicle/Safety/Rollover", "\"DETECTED\"", "crash.rollover")]
    [InlineData("Vehicle/Safety/IsFire", "{\"value\":true}", "fire.vehicle")]
    [InlineData("Vehicle/Safety/IsSubmersed", "\"true\"", "flood.surface")]
    [InlineData("Vehicle/Safety/RoadIcingState", "DETECTED", "road.surface")]
    [InlineData("Vehicle/Safety/VisibilityImpairment", "DETECTED", "road.visibility")]
    [InlineData("Vehicle/ADAS/ESC/RoadFriction/MostProbable", "12.5", "road.surface")]
    [InlineData("Vehicle/ADAS/ESC/RoadFriction/MostProbable", "80", null)]
    [InlineData("Vehicle/ADAS/ESC/RoadFriction/MostProbable", "-1", null)]
    [InlineData("Vehicle/Safety/RoadIcingState", "RISK", null)]
    [InlineData("Vehicle/Safety/VisibilityImpairment", "UNKNOWN", null)]
    [InlineData("Vehicle/Safety/IsFire", "false", null)]
    [InlineData("Vehicle/Safety/IsFire", "null", null)]
    [InlineData("Vehicle/Safety/IsFire", "1", null)]
    [InlineData("Vehicle/Body/Lights/Hazard/IsSignaling", "true", null)]
    [InlineData("Vehicle/ADAS/TCS/IsEngaged", "true", null)]
    [InlineData("Vehicle/Speed", "42.0", null)]
    [InlineData("Vehicle/Powertrain/State", "DRIVE", null)]
    public async Task Decode_OneSignal_IsWhatItMeans(string path, string payload, string? kind)
    {
        await _bench.SendAsync("vss/v1", Here);
        var outcome = await _bench.SignalsOf($"vss/v1/{path}", payload);
        Assert.Equal(kind, outcome.SingleOrDefault()?.Kind);
        Assert.Equal(0, _bench.Account.Read().Rejected);
        Assert.All(outcome, signal => Assert.Equal(("vehicles/v1", true, 53.0466, 5), (signal.Source, signal.Active, signal.Place.Lat, signal.Place.UncertaintyM)));
    }

    [Theory]
    [InlineData("""{"Vehicle.Safety.IsFire":true,"Vehicle.Speed":1}""")]
    [InlineData("""{"Vehicle.Safety.IsFire":{"timestamp":"2026-01-10T07:59:00Z","value":true}}""")]
    [InlineData("""{"action":"subscription","subscriptionId":"1","data":{"path":"Vehicle.Safety.IsFire","dp":{"value":"true","ts":"2026-01-10T07:59:00Z"}},"ts":"x"}""")]
    [InlineData("""{"data":{"dp":[{"value":"false"},{"value":"true","ts":"2026-01-10T07:59:00Z"}],"path":"Vehicle.Safety.IsFire"}}""")]
    [InlineData("""{"data":[{"path":"Vehicle.Speed","dp":{"value":"50"}},{"path":"Vehicle.Safety.IsFire","dp":{"value":"true"}}]}""")]
    public async Task Decode_EveryShape_IsTheSameFire(string payload)
    {
        await _bench.SendAsync("vss/v1", Here);
        var signal = Assert.Single(await _bench.SignalsOf("vss/v1", payload));
        Assert.Equal(("fire.vehicle", true), (signal.Kind, signal.Active));
        Assert.Equal(_bench.Time.GetUtcNow().AddMinutes(payload.Contains("07:59", StringComparison.Ordinal) ? -1 : 0), signal.ObservedAt);
    }

    [Fact]
    public async Task Decode_PositionInTheSameMessage_IsTheEvents()
    {
        var payload = """{"Vehicle.Safety.IsSubmersed":true,""" + Here[1..];
        Assert.Equal(53.0466, Assert.Single(await _bench.SignalsOf("vss/v1", payload)).Place.Lat);
    }

    [Fact]
    public async Task Decode_PositionOfTwoTopics_GrowsUncertainAndIsForgotten()
    {
        await _bench.SendAsync("vss/v1/Vehicle/CurrentLocation/Latitude", "53.0466");
        Assert.Equal(Reasons.NoPlace, (await _bench.SendAsync("vss/v1/Vehicle/Safety/IsFire", "true")).Reason);
        await _bench.SendAsync("vss/v1/Vehicle/CurrentLocation/Longitude", "-2.9925");
        _bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(15 + 300, Assert.Single(await _bench.SignalsOf("vss/v1/Vehicle/Safety/IsFire", "true")).Place.UncertaintyM);
        _bench.Time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(Reasons.NoPlace, (await _bench.SendAsync("vss/v1/Vehicle/Safety/IsFire", "true")).Reason);
        Assert.Equal(Reasons.NoPlace, (await _bench.SendAsync("vss/v2/Vehicle/Safety/IsFire", "true")).Reason);
    }

    [Fact]
    public async Task Decode_StateThatIsOver_EndsWhereItBegan()
    {
        await _bench.SendAsync("vss/v1", Here);
        await _bench.SendAsync("vss/v1/Vehicle/Safety/IsFire", "true");
        _bench.Time.Advance(TimeSpan.FromMinutes(5));
        var end = Assert.Single(await _bench.SignalsOf("vss/v1/Vehicle/Safety/IsFire", "false"));
        Assert.Equal(("fire.vehicle", false, 53.0466), (end.Kind, end.Active, end.Place.Lat));
        Assert.Empty(await _bench.SignalsOf("vss/v1/Vehicle/Safety/IsFire", "false"));
    }

    [Fact]
    public async Task Decode_EndThatDidNotArrive_ComesAgain()
    {
        await _bench.SendAsync("vss/v1", Here);
        await _bench.SendAsync("vss/v1/Vehicle/Safety/IsFire", "true");
        var answer = _bench.Areas.Answer;
        _bench.Areas.Answer = (_, _, _) => throw new TimeoutException();
        Assert.Equal(MessageStatus.Failed, (await _bench.SendAsync("vss/v1/Vehicle/Safety/IsFire", "false")).Status);
        _bench.Areas.Answer = answer;
        Assert.False(Assert.Single(await _bench.SignalsOf("vss/v1/Vehicle/Safety/IsFire", "false")).Active);
    }

    [Theory]
    [InlineData("Vehicle/Safety/IsFire", 1)]
    [InlineData("Vehicle/ADAS/EBA/IsEngaged", 0)]
    public async Task Decode_Retained_IsAStateOfUnknownAgeOrNothing(string path, int count)
    {
        await _bench.SendAsync("vss/v1", Here);
        var signals = await _bench.SignalsOf($"vss/v1/{path}", "true", retain: true);
        Assert.Equal(count, signals.Length);
        Assert.All(signals, signal => Assert.True(signal.SinceUnknown));
    }

    [Theory]
    [InlineData("vss/v1", "{}", Reasons.BadShape)]
    [InlineData("vss/v1", "[1]", Reasons.BadShape)]
    [InlineData("vss/v1", "{\"Vehicle.Speed\":", Reasons.NotJson)]
    [InlineData("vss/v1/Vehicle/Safety/IsFire", "true true", Reasons.NotJson)]
    [InlineData("vss/v1", """{"Vehicle.CurrentLocation.Latitude":89,"Vehicle.CurrentLocation.Longitude":0,"Vehicle.Safety.IsFire":true}""", Reasons.BadPlace)]
    [InlineData("vss", "{}", Reasons.ForeignTopic)]
    public async Task Decode_Unusable_IsRejected(string topic, string payload, string reason) =>
        Assert.Equal(reason, (await _bench.SendAsync(topic, payload)).Reason);

    [Fact]
    public async Task Decode_IdentificationNumber_StaysOutside()
    {
        await _bench.SendAsync($"vss/{Vin}", Here);
        await _bench.SendAsync($"vss/{Vin}/Vehicle/Safety/IsFire", "true");
        await _bench.SendAsync($"vss/{Vin}/Vehicle/Safety/IsFire", "{");
        var signal = Assert.Single(_bench.Areas.Signals);
        Assert.Matches("^vehicles/~[0-9a-f]{20}$", signal.Source);
        Assert.Equal("vss/…/Vehicle/Safety/IsFire", Assert.Single(_bench.Letters.Newest(9)).Topic);
    }

    [Theory]
    [InlineData("v1", null)]
    [InlineData("v2", Reasons.ForeignTopic)]
    public async Task AcceptAsync_AuthenticatedSender_SpeaksOnlyForItself(string sender, string? reason) =>
        Assert.Equal(reason, (await _bench.SendAsync("vss/v1", Here, sender: sender)).Reason);

    [Fact]
    public void Find_MoreVehiclesThanItHolds_ForgetsTheFirst()
    {
        var fleet = new Fleet(Registry.Empty, capacity: 2);
        var first = fleet.Find("a");
        Assert.Same(first, fleet.Find("a"));
        fleet.Find("b");
        fleet.Find("c");
        Assert.NotSame(first, fleet.Find("a"));
    }
}
