using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Fusion;

/// <summary>Each confirmation rule by what meets it and by what nearly does.</summary>
public sealed class ConfirmationRuleTests
{
    private readonly Scene _scene = new();

    private string? Rule => _scene.Incidents.Last().Confirmation?.Rule;

    [Theory]
    [InlineData("p1", 59, "two-kinds")]
    [InlineData("p1", 61, null)]
    [InlineData("p2", 5, null)]
    public void TwoKinds_IsOneHomesAndWithinTheHour(string home, double minutes, string? rule)
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(minutes, Scene.Home(home, "b", "fire.heat", minutes, north: 60));
        Assert.Equal(rule, Rule);
    }

    [Fact]
    public void TwoKinds_OneMachineOnTheRoad_IsIndependentOfAnyHome()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(2, Scene.Vehicle("v1", "fire.vehicle", 2));
        Assert.Equal("two-kinds", Rule);
    }

    [Theory]
    [InlineData(20, false, "alarm-and-person")]
    [InlineData(31, false, null)]
    [InlineData(20, true, null)]
    public void AlarmAndPerson_TheAlarmStillSounds(double minutes, bool cleared, string? rule)
    {
        Hear(0, Scene.Home("p1", "a", "fire.alarm-system", 0));
        if (cleared)
            Hear(5, Scene.Home("p1", "a", "fire.alarm-system", 5, active: false));
        Hear(minutes, Resident("r1", "report.fire", minutes));
        Assert.Equal(rule, Rule);
    }

    [Fact]
    public void AlarmAndPerson_AnyNumberOfPersonsWithoutAnAlarm_ConfirmNothing()
    {
        for (var i = 0; i < 40; i++)
            Hear(i / 10.0, Resident($"r{i}", "report.fire", i / 10.0));
        Assert.Null(Rule);
    }

    [Theory]
    [InlineData(20, false, "two-homes")]
    [InlineData(90, false, null)]
    [InlineData(20, true, null)]
    public void TwoHomes_AreNextDoorAndBothSound(double north, bool cleared, string? rule)
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        if (cleared)
            Hear(3, Scene.Home("p1", "a", "fire.smoke", 3, active: false));
        Hear(4, Scene.Home("p2", "a", "fire.smoke", 4, north: north));
        Assert.Equal(rule, Rule);
    }

    [Fact]
    public void TwoHomes_ConfirmForTheFireServiceAndNotForThePublic()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(1, Scene.Home("p2", "a", "fire.smoke", 1, north: 10));
        var alert = Assert.Single(_scene.Alerts);
        Assert.Equal((Audience.ControlRoom, true), (alert.Audience, alert.Confirmed));
        Assert.Equal(["fire"], alert.ConfirmedFor!);
    }

    [Fact]
    public void TwoVehicles_AreTwo()
    {
        Hear(0, Scene.Vehicle("v1", "crash.accident", 0));
        Hear(1, Scene.Vehicle("v1", "road.stationary", 1));
        Assert.Null(Rule);
        Hear(2, Scene.Vehicle("v2", "road.stationary", 2));
        Assert.Equal("two-vehicles", Rule);
    }

    [Fact]
    public void OfficialSource_IsEnoughAndObserved()
    {
        Hear(0, Resident("agency", "official.flood", 0));
        Assert.Equal("official-source", Rule);
        Assert.Equal(Certainty.Observed, _scene.Alerts.First().Certainty);
    }

    [Fact]
    public void EachService_HasItsOwnSet()
    {
        // A crash that two vehicles tell of is confirmed for all that it is told to; each service appears by its own rules.
        Hear(0, Scene.Vehicle("v1", "crash.accident", 0));
        Hear(1, Scene.Vehicle("v2", "crash.accident", 1));
        var alert = _scene.Alerts.Last(a => a.Audience == Audience.ControlRoom);
        Assert.Equal(["fire", "police", "ambulance", "highways"], alert.ConfirmedFor!);
        Assert.All(Scene.Model.Rules, rule => Assert.NotEqual(Consents.None, rule.Audiences));
    }

    [Fact]
    public void Confirmation_SaysByWhatWhenAndUnderWhichVersion()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(3, Scene.Home("p1", "b", "gas.co", 3));
        var confirmation = _scene.Incidents.Last().Confirmation!;
        Assert.Equal(("two-kinds", 2, Scene.Start.AddMinutes(3)), (confirmation.Rule, confirmation.Version, confirmation.At));
        Assert.Equal(["homes/p1/a fire.smoke", "homes/p1/b gas.co"], confirmation.By);
    }

    [Fact]
    public void WouldConfirm_NamesWhatIsMissing()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        var missing = WouldConfirm.Of(_scene.Incidents.Last(), Scene.Model);
        Assert.Equal(["operator", "official-source", "two-kinds", "alarm-and-person", "two-homes"], missing.Select(one => one.Rule));
        Assert.Equal(Scene.Start.AddMinutes(60), missing.Single(one => one.Rule == "two-kinds").Until);
        Hear(3, Scene.Home("p1", "b", "fire.heat", 3));
        Assert.Empty(WouldConfirm.Of(_scene.Incidents.Last(), Scene.Model));
    }

    private void Hear(double minutes, Signal signal) => _scene.Hear(Scene.Start.AddMinutes(minutes), signal);

    private static Signal Resident(string reporter, string kind, double minutes) =>
        Scene.Home("p1", "x", kind, minutes) with { Source = $"people/{reporter}", Premises = null };
}
