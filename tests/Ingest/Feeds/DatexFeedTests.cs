using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest.Feeds;

public sealed class DatexFeedTests : IAsyncLifetime
{
    private FeedBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await FeedBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>Every record type of the table, with its field's words.</summary>
    [Theory]
    [InlineData("Accident", "accidentType", "accident collision multipleVehicleAccident seriousInjuryOrFatalAccident accidentInvolvingHazardousMaterials accidentInvolvingHeavyLorries accidentInvolvingMassTransitVehicle vehicleStuckUnderBridge", "official.crash")]
    [InlineData("VehicleObstruction", "vehicleObstructionType", "brokenDownVehicle abandonedVehicle emergencyVehicle vehicleOnWrongCarriageway", "official.road-hazard")]
    [InlineData("VehicleObstruction", "vehicleObstructionType", "vehicleOnFire", "official.fire")]
    [InlineData("EnvironmentalObstruction", "environmentalObstructionType", "flooding flashFloods", "official.flood")]
    [InlineData("EnvironmentalObstruction", "environmentalObstructionType", "forestFire grassFire seriousFire", "official.fire")]
    [InlineData("EnvironmentalObstruction", "environmentalObstructionType", "fallenTrees smokeOrFumes landslips subsidence sewerOverflow stormDamage", "official.road-hazard")]
    [InlineData("InfrastructureDamageObstruction", "infrastructureDamageType", "burstPipe burstWaterMain", "official.flood")]
    [InlineData("InfrastructureDamageObstruction", "infrastructureDamageType", "gasLeak", "official.gas")]
    [InlineData("InfrastructureDamageObstruction", "infrastructureDamageType", "damagedRoadSurface fallenPowerCables", "official.road-hazard")]
    [InlineData("GeneralObstruction", "obstructionType", "objectOnTheRoad spillageOnTheRoad", "official.road-hazard")]
    [InlineData("AnimalPresenceObstruction", "animalPresenceType", "animalsOnTheRoad", "official.road-hazard")]
    [InlineData("WeatherRelatedRoadConditions", "weatherRelatedRoadConditionType", "ice blackIce surfaceWater slippery", "official.road-hazard")]
    [InlineData("NonWeatherRelatedRoadConditions", "nonWeatherRelatedRoadConditionType", "oilOnRoad mudOnRoad petrolOnRoad", "official.road-hazard")]
    [InlineData("AbnormalTraffic", "abnormalTrafficType", "queuingTraffic stationaryTraffic", "-")]
    [InlineData("PoorEnvironmentConditions", "poorEnvironmentType", "fog smokeHazard", "official.road-hazard")]
    [InlineData("MaintenanceWorks", "roadMaintenanceType", "resurfacingWork", "official.road-hazard")]
    [InlineData("ConstructionWorks", "constructionWorkType", "constructionWork", "official.road-hazard")]
    [InlineData("SpeedManagement", "speedManagementType", "speedRestrictionInOperation", "-")]
    public async Task Read_RecordType_IsTheTablesKind(string type, string field, string words, string kind)
    {
        foreach (var word in words.Split(' '))
            Assert.Equal(kind, await SaysAsync(DatexSamples.Record(type, $"<sit:{field}>{word}</sit:{field}>")));
    }

    [Theory]
    [InlineData("<com:validityStatus>suspended</com:validityStatus>", "certain", "-")]
    [InlineData("<com:validityStatus>active</com:validityStatus>", "riskOf", "-")]
    [InlineData("<com:validityStatus>active</com:validityStatus>", "probable", "official.crash")]
    [InlineData("<com:validityStatus>definedByValidityTimeSpec</com:validityStatus><com:validityTimeSpecification><com:overallStartTime>2026-01-10T09:00:00Z</com:overallStartTime></com:validityTimeSpecification>", "certain", "-")]
    [InlineData("<com:validityStatus>definedByValidityTimeSpec</com:validityStatus><com:validityTimeSpecification><com:overallStartTime>2026-01-10T07:00:00Z</com:overallStartTime></com:validityTimeSpecification>", "certain", "official.crash")]
    [InlineData("<com:validityStatus>active</com:validityStatus><com:validityTimeSpecification><com:overallEndTime>2026-01-10T07:59:00Z</com:overallEndTime></com:validityTimeSpecification>", "certain", "-")]
    public async Task Read_Validity_IsHonoured(string validity, string probability, string says) =>
        Assert.Equal(says, await SaysAsync(DatexSamples.Record("Accident", validity: validity, probability: probability)));

    [Theory]
    [InlineData("", "!no-place")]
    [InlineData("""<sit:locationReference><loc:alertCPoint>1234</loc:alertCPoint></sit:locationReference>""", "!no-place")]
    [InlineData("""<sit:locationReference><loc:x><loc:latitude>north</loc:latitude><loc:longitude>-2.99</loc:longitude></loc:x></sit:locationReference>""", "!bad-place")]
    [InlineData("""<sit:locationReference><loc:gmlLineString><loc:posList>53.0 -2.9 54.0 -2.9</loc:posList></loc:gmlLineString></sit:locationReference>""", "!no-place")]
    [InlineData("""<sit:locationReference><loc:gmlLineString><loc:posList>53.0 -200</loc:posList></loc:gmlLineString></sit:locationReference>""", "!bad-place")]
    public async Task Read_LocationThatIsNoPlace_SaysSo(string location, string says) =>
        Assert.Equal(says, await SaysAsync(DatexSamples.Record("Accident", location: location)));

    [Fact]
    public async Task Read_LineString_IsItsMiddleWithHalfItsLength()
    {
        var place = (await SignalAsync(DatexSamples.Record(
            "Accident", location: "<sit:locationReference><loc:gmlLineString><loc:posList>53.00 -2.90 53.01 -2.90 53.02 -2.90</loc:posList></loc:gmlLineString></sit:locationReference>"))).Place;
        Assert.Equal(53.01, place.Lat, 6);
        Assert.Equal(1112 + 50, place.UncertaintyM, 0);
    }

    [Fact]
    public async Task Read_DisplayPointAlone_IsThePlace() =>
        Assert.Equal(53.2, (await SignalAsync(DatexSamples.Record(
            "Accident", location: "<sit:locationReference><loc:coordinatesForDisplay><loc:latitude>53.2</loc:latitude><loc:longitude>-2.99</loc:longitude></loc:coordinatesForDisplay></sit:locationReference>"))).Place.Lat);

    [Fact]
    public async Task Read_Version2_IsTheSame()
    {
        var signal = Assert.Single((await _bench.ReadAsync("datex2", DatexSamples.Version2)).Items[0].Decoded.Signals);
        Assert.Equal("official.fire", signal.Kind);
        Assert.Equal(53.055, signal.Place.Lat, 6);
        Assert.Equal(new DateTimeOffset(2026, 1, 10, 10, 0, 0, TimeSpan.Zero), signal.ValidUntil);
        Assert.Equal(new DateTimeOffset(2026, 1, 10, 7, 55, 0, TimeSpan.Zero), signal.ObservedAt);
    }

    [Fact]
    public async Task Read_SeveralAccidentTypes_AreOneRecord() =>
        Assert.Equal("official.crash", await SaysAsync(DatexSamples.Record("Accident", "<sit:accidentType>collision</sit:accidentType><sit:accidentType>accident</sit:accidentType>")));

    [Fact]
    public async Task Read_RecordsOfOneSituation_AreOneVoice()
    {
        var body = DatexSamples.Version3(DatexSamples.Record("Accident") + DatexSamples.Record("GeneralObstruction", id: "r2"), DatexSamples.Record("Accident", id: "r3"));
        var signals = (await _bench.ReadAsync("datex2", body)).Items.SelectMany(item => item.Decoded.Signals).ToList();
        Assert.Equal(3, signals.Select(signal => signal.Source).Distinct().Count());
        Assert.Equal(signals[0].Group, signals[1].Group);
        Assert.NotEqual(signals[0].Group, signals[2].Group);
    }

    [Theory]
    [InlineData("<a/>", "!bad-shape:")]
    [InlineData("not xml", "!not-xml:")]
    [InlineData("""<p xmlns="http://elsewhere.example/3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="SituationPublication"><situationRecord id="r1" xsi:type="Accident"/></p>""", "!bad-shape:")]
    [InlineData("""<p xmlns="http://datex2.eu/schema/3/x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="SituationPublication"><situationRecord xsi:type="Accident"/><situationRecord id="r1"/></p>""", "!bad-shape !bad-shape")]
    public async Task Read_OddBody_IsRefused(string body, string says) => Assert.Equal(says, await _bench.SaysAsync("datex2", body));

    private Task<string> SaysAsync(string record) => _bench.SaysAsync("datex2", DatexSamples.Version3(record));

    private async Task<Signal> SignalAsync(string record) => Assert.Single((await _bench.ReadAsync("datex2", DatexSamples.Version3(record))).Items[0].Decoded.Signals);
}
