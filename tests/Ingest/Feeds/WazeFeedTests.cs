using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest.Feeds;

public sealed class WazeFeedTests : IAsyncLifetime
{
    private FeedBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await FeedBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>Every row and subtype of the partner feed's table.</summary>
    [Theory]
    [InlineData("ACCIDENT", "ACCIDENT_MINOR ACCIDENT_MAJOR NO_SUBTYPE", "driver.crash")]
    [InlineData("JAM", "JAM_LIGHT_TRAFFIC JAM_MODERATE_TRAFFIC JAM_HEAVY_TRAFFIC JAM_STAND_STILL_TRAFFIC", "-")]
    [InlineData("HAZARD", "HAZARD_ON_ROAD HAZARD_ON_ROAD_OBJECT HAZARD_ON_ROAD_POT_HOLE HAZARD_ON_ROAD_ROAD_KILL HAZARD_ON_ROAD_CAR_STOPPED HAZARD_ON_ROAD_CONSTRUCTION HAZARD_ON_ROAD_ICE HAZARD_ON_ROAD_OIL HAZARD_ON_ROAD_LANE_CLOSED HAZARD_ON_ROAD_TRAFFIC_LIGHT_FAULT HAZARD_ON_ROAD_EMERGENCY_VEHICLE", "driver.road-hazard")]
    [InlineData("HAZARD", "HAZARD_ON_SHOULDER HAZARD_ON_SHOULDER_CAR_STOPPED HAZARD_ON_SHOULDER_ANIMALS HAZARD_ON_SHOULDER_MISSING_SIGN", "driver.road-hazard")]
    [InlineData("WEATHERHAZARD", "HAZARD_WEATHER HAZARD_WEATHER_FOG HAZARD_WEATHER_HAIL HAZARD_WEATHER_HEAVY_RAIN HAZARD_WEATHER_HEAVY_SNOW HAZARD_WEATHER_MONSOON HAZARD_WEATHER_TORNADO HAZARD_WEATHER_HEAT_WAVE HAZARD_WEATHER_HURRICANE HAZARD_WEATHER_FREEZING_RAIN", "driver.road-hazard")]
    [InlineData("WEATHERHAZARD", "HAZARD_WEATHER_FLOOD", "driver.flood")]
    [InlineData("HAZARD", "HAZARD_WEATHER_FLOOD", "driver.flood")]
    [InlineData("ROAD_CLOSED", "ROAD_CLOSED_HAZARD ROAD_CLOSED_CONSTRUCTION ROAD_CLOSED_EVENT", "driver.road-hazard")]
    [InlineData("CONSTRUCTION", "", "driver.road-hazard")]
    [InlineData("POLICE", "POLICE_VISIBLE POLICE_HIDING POLICE_WITH_MOBILE_CAMERA", "-")]
    [InlineData("CHIT_CHAT", "", "-")]
    [InlineData("MISC", "", "-")]
    [InlineData("SOMETHING_NEW", "X", "-")]
    public async Task Read_TypeAndSubtype_IsTheTablesKind(string type, string subtypes, string kind)
    {
        foreach (var subtype in subtypes.Split(' ').Append(""))
        {
            if (!(subtype.Length == 0 && kind == "driver.flood"))
                Assert.Equal(kind, await SaysAsync(Alert(type, subtype)));
        }
    }

    [Theory]
    [InlineData("\"reliability\":4", "-")]
    [InlineData("\"reliability\":5", "driver.crash")]
    [InlineData("\"reliability\":null", "-")]
    [InlineData("\"reliability\":7,\"location\":null", "!no-place")]
    [InlineData("\"reliability\":7,\"location\":{\"x\":-2.99,\"y\":95}", "!bad-place")]
    [InlineData("\"reliability\":7,\"location\":{\"x\":\"-2.99\",\"y\":53}", "!no-place")]
    [InlineData("\"reliability\":7,\"uuid\":null", "!bad-shape")]
    [InlineData("\"reliability\":7,\"type\":7", "!bad-shape")]
    [InlineData("\"reliability\":7,\"uuid\":\"\\ud800\"", "!bad-encoding")]
    public async Task Read_Member_Decides(string members, string says) =>
        Assert.Equal(says, await SaysAsync("""{"uuid":"u1","type":"ACCIDENT","location":{"x":-2.99,"y":53.05},""" + members + "}"));

    [Theory]
    [InlineData("{}", "!bad-shape:")]
    [InlineData("[]", "!bad-shape:")]
    [InlineData("""{"alerts":{}}""", "!bad-shape:")]
    [InlineData("{", "!not-json:")]
    [InlineData("""{"alerts":[]}""", "")]
    [InlineData("""{"alerts":[1,null,"x"]}""", "!bad-shape !bad-shape !bad-shape")]
    public async Task Read_OddBody_IsRefusedOrEmpty(string body, string says) => Assert.Equal(says, await _bench.SaysAsync("waze", body));

    [Fact]
    public async Task Read_DeepNesting_IsRefused() =>
        Assert.Equal("!too-deep:", await _bench.SaysAsync("waze", """{"alerts":""" + new string('[', 5000)));

    [Fact]
    public async Task Read_TooManyAlerts_AreRefused() =>
        Assert.Equal($"!{Reasons.TooMany}:", await _bench.SaysAsync("waze", """{"alerts":[""" + string.Join(',', Enumerable.Repeat("0", 20_001)) + "]}"));

    [Fact]
    public async Task Read_Alert_IsWhereAndWhenTheDriverSaidAndNamesNobody()
    {
        var reading = await _bench.ReadAsync("waze", $$"""{"alerts":[{{Alert("ACCIDENT", "", "\"reportDescription\":\"red car\",\"reportBy\":\"joe\"")}}]}""");
        var signal = Assert.Single(reading.Items[0].Decoded.Signals);

        Assert.Equal((53.05, -2.99, 100), (signal.Place.Lat, signal.Place.Lon, signal.Place.UncertaintyM));
        Assert.Equal(_bench.Ingest.Time.GetUtcNow().AddMinutes(-10), signal.ObservedAt);
        Assert.Matches("^waze/[0-9a-f]{24}$", signal.Source);
        Assert.DoesNotContain("joe", signal.ToString(), StringComparison.Ordinal);
    }

    private Task<string> SaysAsync(string alert) => _bench.SaysAsync("waze", $$"""{"alerts":[{{alert}}],"jams":[],"startTimeMillis":1}""");

    private string Alert(string type, string subtype, string more = "\"city\":\"Wrexham\"") => $$"""
        {"uuid":"4f2c-9a","pubMillis":{{_bench.Ingest.Time.GetUtcNow().AddMinutes(-10).ToUnixTimeMilliseconds()}},"type":"{{type}}","subtype":"{{subtype}}",
         "location":{"x":-2.99,"y":53.05},"street":"A483","country":"UK","roadType":3,"reportRating":2,"confidence":1,"reliability":7,"magvar":90,{{more}}}
        """;
}
