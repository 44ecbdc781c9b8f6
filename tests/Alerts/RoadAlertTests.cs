using CivicSignals.Alerts;
using CivicSignals.Fusion;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Alerts;

public sealed class RoadAlertTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData("road.surface", "Slippery road", "a")]
    [InlineData("road.person", "Person on the road", "b")]
    [InlineData("crash.accident", "Road crash", "c")]
    [InlineData("road.works", "Short-term roadworks", "d")]
    [InlineData("road.visibility", "Poor visibility", "e")]
    [InlineData("road.wrong-way", "Wrong-way driver", "f")]
    [InlineData("road.impassable", "Road blocked", "g")]
    [InlineData("road.weather", "Extreme weather on the road", "h")]
    [InlineData("flood.surface", "Flooded road", "a")]
    [InlineData("fire.vehicle", "Vehicle on fire", "g")]
    public void Fold_TwoVehicles_TellThePublicInTheWordsOfTheRoad(string kind, string words, string srti)
    {
        _scene.Hear(Scene.Start, Scene.Vehicle("v1", kind, 0));
        Assert.DoesNotContain(_scene.Alerts, alert => alert.Audience == Audience.Public);
        _scene.Hear(Scene.Start.AddSeconds(20), Scene.Vehicle("v2", kind, 0.3, north: 30));
        var alert = Assert.Single(_scene.Alerts, alert => alert.Audience == Audience.Public);
        Assert.Equal((words, srti), (alert.Road?.Words, alert.Road?.Srti));
        Assert.StartsWith(words + " in Acton: ", alert.Headline, StringComparison.Ordinal);
        Assert.InRange(alert.RadiusM, 100, 200); // A road's size, not a neighbourhood's.
        Assert.Equal(Math.Round(alert.Lat, 4), alert.Lat);
    }

    [Fact]
    public void Fold_TakenBackByAllWhoSaidSo_IsWithdrawnAtOnce()
    {
        _scene.Hear(Scene.Start, Scene.Vehicle("v1", "road.obstacle", 0));
        _scene.Hear(Scene.Start.AddSeconds(20), Scene.Vehicle("v2", "road.obstacle", 0.3));
        _scene.Hear(Scene.Start.AddSeconds(30), Scene.Vehicle("v2", "road.obstacle", 0.5, active: false));
        _scene.Hear(Scene.Start.AddSeconds(36), Scene.Vehicle("v1", "road.obstacle", 0.6, active: false));
        Assert.Equal(Incidents.Outcome.AllClear, _scene.Alerts.Last(alert => alert.Audience == Audience.Public).Ended);
    }

    [Fact]
    public void Fold_ResidentsSeeACrashToo_ThePlaceStaysTheVehicles()
    {
        _scene.Hear(Scene.Start, Scene.Vehicle("v1", "crash.accident", 0), Scene.Vehicle("v2", "crash.accident", 0));
        _scene.Hear(Scene.Start.AddMinutes(1), Scene.Home("x", "x", "report.crash", 1, north: 90) with { Premises = null, Source = "reports/r1", Place = new Place(53.0474, -2.9925, 5) });
        var alert = _scene.Alerts.Last(alert => alert.Audience == Audience.Public);
        Assert.Equal((53.0466, -2.9925), (alert.Lat, alert.Lon));
    }

    [Fact]
    public void Fold_CrashThatOnlyResidentsSee_IsShownAsTheNeighbourhood()
    {
        _scene.Hear(Scene.Start, Scene.Home("x", "x", "report.crash", 0) with { Premises = null, Source = "reports/r1" });
        var incident = Assert.Single(_scene.State.Open);
        _scene.Act(Scene.Start, incident.Id, Incidents.ActionVerb.Confirm);
        var alert = _scene.Alerts.Last(alert => alert.Audience == Audience.Public);
        Assert.Null(alert.Road);
        Assert.True(alert.RadiusM > 500);
    }

    [Fact]
    public void Fold_WaterInAHomeAndOnTheRoad_NeedsConfirmationAndGivesTheNeighbourhood()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "flood.indoor", 0), Scene.Vehicle("v1", "flood.surface", 0));
        Assert.All(_scene.Alerts.Where(alert => alert.Audience == Audience.Public), alert => Assert.Null(alert.Road));
    }

    [Fact]
    public void RoadCategories_EveryKindSeenFromTheRoad_HasOne()
    {
        var policy = AlertPolicy.Bundled();
        var hazards = new[] { Hazard.RoadCrash, Hazard.RoadHazard };
        var without = FusionModel.Bundled().Kinds
            .Where(kind => policy.RoadFamilies.Contains(kind.Value.Family) && hazards.Contains(kind.Value.Primary) && (kind.Value.Opens || kind.Value.Burst is not null))
            .Where(kind => policy.RoadOf(kind.Key) is null)
            .Select(kind => kind.Key);
        Assert.Empty(without);
    }
}
