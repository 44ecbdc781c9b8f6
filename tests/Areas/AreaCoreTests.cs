using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

public sealed class AreaCoreTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Fold_OneSmokeAlarm_IsWatchedAndNobodyIsTold()
    {
        Assert.Equal([SignalOutcome.Evidence], _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0)));
        var line = Assert.Single(_scene.Incidents);
        Assert.Equal((Hazard.Fire, Stage.Open), (line.Hazard, line.Stage));
        Assert.InRange(line.Belief, 5e-5, 2e-4);
        Assert.Null(line.Confirmation);
        Assert.Empty(_scene.Alerts);
    }

    [Theory]
    [InlineData("fire.heat")]
    [InlineData("gas.co")]
    public void Fold_SecondKindOfTheSameHomeWithinTheHour_ConfirmsToTheControlRoomOnly(string second)
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        _scene.Hear(Scene.Start.AddMinutes(59), Scene.Home("p1", "b", second, 59));
        var line = _scene.Incidents.Last();
        Assert.Equal("two-kinds", line.Confirmation?.Rule);
        Assert.Equal(2, line.Evidence.Count);
        var alert = Assert.Single(_scene.Alerts);
        Assert.Equal((MsgType.Alert, Audience.ControlRoom, true), (alert.MsgType, alert.Audience, alert.Confirmed));
        Assert.Equal(["fire"], alert.Services);
        Assert.Equal(3, alert.Reasons.Count);
    }

    [Fact]
    public void Fold_SecondKindAfterTheHour_DoesNotConfirm()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        _scene.Hear(Scene.Start.AddMinutes(62), Scene.Home("p1", "b", "fire.heat", 62));
        Assert.All(_scene.Incidents, line => Assert.Null(line.Confirmation));
    }

    [Fact]
    public void Fold_BothKindsOfOneDevice_DoNotConfirmEachOther()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "a", "fire.heat", 0));
        Assert.Null(_scene.Incidents.Last().Confirmation);
    }

    [Fact]
    public void Fold_CarbonMonoxideThenSmoke_BecomesOneFire()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "gas.co", 0));
        _scene.Hear(Scene.Start.AddMinutes(1), Scene.Home("p1", "b", "fire.smoke", 1));
        var fire = Assert.Single(_scene.State.Open);
        Assert.Equal(Hazard.Fire, fire.Hazard);
        Assert.Equal(2, fire.Evidence.Length);
        var merged = _scene.Incidents.Last(line => line.Hazard == Hazard.CarbonMonoxide);
        Assert.Equal((Outcome.Merged, fire.Id), (merged.Outcome!.Value, merged.MergedInto!));
        var last = _scene.Alerts.Last(alert => alert.Incident == merged.Id);
        Assert.Equal((MsgType.Update, fire.Id), (last.MsgType, last.SupersededBy!));
    }

    [Fact]
    public void Fold_NextHouse_RaisesBeliefAndUpdatesTheSameAlert()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "b", "fire.heat", 0));
        _scene.Hear(Scene.Start.AddMinutes(1), Scene.Home("p2", "a", "fire.smoke", 1, north: 12));
        var alerts = _scene.Alerts.Where(alert => alert.Audience == Audience.ControlRoom).ToList();
        Assert.Equal([1, 2], alerts.Select(alert => alert.Version));
        Assert.Single(alerts.Select(alert => alert.Id).Distinct());
        Assert.True(alerts[1].Belief > alerts[0].Belief + 0.05);
        Assert.Single(_scene.State.Open);
    }

    [Fact]
    public void Act_Confirm_TellsThePublicTheNeighbourhoodAndNotTheHome()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        var id = _scene.State.Open[0].Id;
        Assert.Equal(ActionResult.Done, _scene.Act(Scene.Start.AddMinutes(1), id, ActionVerb.Confirm));
        var alert = Assert.Single(_scene.Alerts, alert => alert.Audience == Audience.Public);
        Assert.Equal(("Acton", Certainty.Observed), (alert.Neighbourhood!, alert.Certainty));
        var elsewhere = new Scene();
        elsewhere.Hear(Scene.Start, Scene.Home("p9", "a", "fire.smoke", 0, north: 900));
        elsewhere.Act(Scene.Start.AddMinutes(1), elsewhere.State.Open[0].Id, ActionVerb.Confirm);
        var other = Assert.Single(elsewhere.Alerts, alert => alert.Audience == Audience.Public);
        Assert.Equal((other.Lat, other.Lon, other.RadiusM), (alert.Lat, alert.Lon, alert.RadiusM));
        Assert.DoesNotContain("p1", System.Text.Encoding.UTF8.GetString(_scene.Entries.Last(e => e.Alert is { Public: true }).Body.Span), StringComparison.Ordinal);
        Assert.Equal(ActionResult.Unchanged, _scene.Act(Scene.Start.AddMinutes(2), id, ActionVerb.Confirm));
    }

    [Fact]
    public void Act_AllClearAndFalseAlarm_EndEveryAlertAndSayHow()
    {
        foreach (var (verb, type, outcome) in new[] { (ActionVerb.AllClear, MsgType.Update, Outcome.AllClear), (ActionVerb.FalseAlarm, MsgType.Cancel, Outcome.FalseAlarm) })
        {
            var scene = new Scene();
            scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
            var id = scene.State.Open[0].Id;
            scene.Act(Scene.Start.AddMinutes(1), id, ActionVerb.Confirm);
            Assert.Equal(ActionResult.Done, scene.Act(Scene.Start.AddMinutes(9), id, verb));
            Assert.Empty(scene.State.Open);
            var last = scene.Alerts.GroupBy(alert => alert.Id).Select(versions => versions.Last()).ToList();
            Assert.Equal(2, last.Count);
            Assert.All(last, alert => Assert.Equal((type, outcome), (alert.MsgType, alert.Ended!.Value)));
            Assert.Equal(ActionResult.NotFound, scene.Act(Scene.Start.AddMinutes(10), id, verb));
        }
    }

    [Fact]
    public void Fold_RepeatsAfterTheEnd_RaiseNothing()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        _scene.Act(Scene.Start.AddMinutes(1), _scene.State.Open[0].Id, ActionVerb.FalseAlarm);
        var before = _scene.Entries.Count;
        for (var minutes = 2; minutes < 600; minutes += 50)
            Assert.Equal([SignalOutcome.Repeated], _scene.Hear(Scene.Start.AddMinutes(minutes), Scene.Home("p1", "a", "fire.smoke", minutes)));
        Assert.Equal(before, _scene.Entries.Count);
    }

    [Fact]
    public void Fold_ActiveOfUnknownAge_SetsTheBaselineOnly()
    {
        Assert.Equal([SignalOutcome.Ambient], _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0) with { SinceUnknown = true }));
        Assert.Equal([SignalOutcome.Repeated], _scene.Hear(Scene.Start.AddMinutes(1), Scene.Home("p1", "a", "fire.smoke", 1)));
        Assert.Equal([SignalOutcome.Ambient], _scene.Hear(Scene.Start.AddMinutes(2), Scene.Home("p1", "a", "fire.smoke", 2, active: false)));
        Assert.Equal([SignalOutcome.Evidence], _scene.Hear(Scene.Start.AddMinutes(3), Scene.Home("p1", "a", "fire.smoke", 3)));
        Assert.Single(_scene.State.Open);
    }

    [Fact]
    public void Fold_TwoVehiclesOfOneAccident_TellThePublicWithoutAHuman()
    {
        _scene.Hear(Scene.Start, Scene.Vehicle("v1", "crash.accident", 0));
        Assert.DoesNotContain(_scene.Alerts, alert => alert.Audience == Audience.Public);
        _scene.Hear(Scene.Start.AddMinutes(3), Scene.Vehicle("v2", "crash.accident", 3, north: 60));
        var alert = Assert.Single(_scene.Alerts, alert => alert.Audience == Audience.Public);
        Assert.True(alert.Belief >= 0.7);
        _scene.Hear(Scene.Start.AddMinutes(4), Scene.Vehicle("v3", "crash.accident", 4, north: -40));
        Assert.Single(_scene.Alerts.Where(a => a.Audience == Audience.Public).Select(a => a.Id).Distinct());
        Assert.True(_scene.Incidents.Last().Belief > alert.Belief);
        _scene.Hear(Scene.Start.AddMinutes(6), Scene.Vehicle("v1", "crash.accident", 6, active: false));
        Assert.Empty(_scene.State.Open);
        Assert.Equal(Outcome.AllClear, _scene.Alerts.Last(a => a.Audience == Audience.Public).Ended);
    }

    [Fact]
    public void Fold_TerminationWhileAnotherVehicleStillSaysSo_KeepsTheIncident()
    {
        _scene.Hear(Scene.Start, Scene.Vehicle("v1", "crash.accident", 0), Scene.Vehicle("v2", "crash.accident", 0));
        var end = Scene.Vehicle("v1", "crash.accident", 5, active: false);
        _scene.Hear(Scene.Start.AddMinutes(6), Scene.Vehicle("v2", "crash.accident", 6));
        _scene.Hear(Scene.Start.AddMinutes(6), end);
        Assert.Single(_scene.State.Open);
    }

    [Fact]
    public void Tick_NothingNew_ExpiresAndTellsThoseWhoWereTold()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "b", "fire.heat", 0));
        var due = _scene.Core.Due(_scene.State)!.Value;
        _scene.Tick(due.AddSeconds(-1));
        Assert.Single(_scene.State.Open);
        _scene.Tick(due);
        Assert.Empty(_scene.State.Open);
        Assert.Equal((MsgType.Update, Outcome.Expired), (_scene.Alerts.Last().MsgType, _scene.Alerts.Last().Ended!.Value));
    }

    [Fact]
    public void Fold_HomeWithoutConsentToThePublic_IsNeverPublishedBySensorsAlone()
    {
        foreach (var home in new[] { "p1", "p2", "p3", "p4" })
        {
            _scene.Hear(
                Scene.Start,
                Scene.Home(home, "a", "fire.smoke", 0) with { Consents = Consents.Fire },
                Scene.Home(home, "b", "fire.heat", 0) with { Consents = Consents.Fire });
        }

        Assert.True(_scene.Incidents.Last().Belief > 0.99);
        Assert.DoesNotContain(_scene.Alerts, alert => alert.Audience == Audience.Public);
        Assert.Contains(_scene.Alerts, alert => alert.Audience == Audience.ControlRoom);
    }

    [Theory]
    [InlineData("intrusion.alarm", "intrusion.glass")]
    [InlineData("medical.fall", "sos.panic")]
    public void Act_ConfirmPrivateHazard_IsNeverPublished(string first, string second)
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", first, 0), Scene.Home("p1", "b", second, 0));
        foreach (var incident in _scene.State.Open)
            _scene.Act(Scene.Start, incident.Id, ActionVerb.Confirm);
        Assert.NotEmpty(_scene.Alerts);
        Assert.DoesNotContain(_scene.Alerts, alert => alert.Audience == Audience.Public);
    }
}
