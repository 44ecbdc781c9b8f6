using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Learning;

/// <summary>An intruder alarm that goes off for nothing, over virtual months, by the bundled policy: 2 warn, 3 withdraw, 3 months clear restore.</summary>
public sealed class FalseCallTests
{
    private readonly Scene _scene = new();

    private IEnumerable<FalseCallRecord> Records => (_scene.State.Learnt ?? Learnt.Nothing).FalseCalls;

    private IEnumerable<ActionLine> Steps => _scene.Entries.Where(e => e.Type == EntryType.Action)
        .Select(e => JsonSerializer.Deserialize(e.Body.Span, LedgerJson.Lines.ActionLine)!).Where(line => line.Action != "false-alarm");

    [Fact]
    public void FalseCalls_TwoThenThree_WarnThenWithdrawAndTheLedgerSaysSo()
    {
        FalseCall(0);
        Assert.Equal(FalseCallStep.Counted, Assert.Single(Records).Step);
        Assert.Empty(Steps);

        FalseCall(30);
        Assert.Equal(FalseCallStep.Warned, Assert.Single(Records).Step);
        Assert.Equal("2 false calls in 12 months: warning; from 3 on, police response to unconfirmed alarms is withdrawn", Assert.Single(_scene.Incidents.Last().FalseCalls!).Says);

        FalseCall(60);
        Assert.Equal(FalseCallStep.Withdrawn, Assert.Single(Records).Step);
        Assert.Equal(["false-call-warning", "response-withdrawn"], Steps.Select(step => step.Action));
        Assert.All(Steps, step => Assert.Equal("Civic Signals", step.User));
        Assert.Equal("p1, Break-in, police: 3 false calls in 12 months: police response to unconfirmed alarms is withdrawn", Steps.Last().Note);
        Assert.Equal(_scene.Incidents.Last().Id, Steps.Last().Incident);
    }

    [Fact]
    public void FalseCalls_SpreadOverMoreThanTheMonths_NeverWithdraw()
    {
        for (var i = 0; i < 6; i++)
            FalseCall(i * 200);
        Assert.Equal(FalseCallStep.Warned, Assert.Single(Records).Step);
        Assert.DoesNotContain(Steps, step => step.Action == "response-withdrawn");
    }

    [Fact]
    public void Tick_CallsThatHaveAged_EndTheWarningAndThenTheRecord()
    {
        FalseCall(0);
        FalseCall(30);
        Assert.Equal(Calls()[0].AddMonths(12), _scene.Core.Due(_scene.State));

        _scene.Tick(Day(380));
        Assert.Equal(FalseCallStep.Counted, Assert.Single(Records).Step);
        Assert.Equal("false-call-warning-ended", Steps.Last().Action);

        _scene.Tick(Day(420));
        Assert.Null(_scene.State.Learnt?.FalseCalls.SingleOrDefault());
        Assert.Null(_scene.Core.Due(_scene.State));
    }

    [Fact]
    public void Withdrawn_UnconfirmedAlarm_IsWatchedAndNotSent()
    {
        Withdraw();
        var sent = _scene.Alerts.Count();
        Alarm(61);

        Assert.Equal(sent, _scene.Alerts.Count());
        var line = _scene.Incidents.Last();
        Assert.Equal((Stage.Open, 0), (line.Stage, line.Alerted.Count));
        Assert.Equal("Not sent to police unless it is confirmed: 3 false calls in 12 months: police response to unconfirmed alarms is withdrawn", line.Withheld);
    }

    [Fact]
    public void Withdrawn_ConfirmedByASecondKindOrAPerson_IsSent()
    {
        Withdraw();
        var sent = _scene.Alerts.Count();
        Alarm(61);
        _scene.Hear(Day(61).AddMinutes(5), Sensor("p1", "glass", "intrusion.glass", Day(61).AddMinutes(5)));
        var alert = Assert.Single(_scene.Alerts.Skip(sent));
        Assert.Equal((Audience.ControlRoom, MsgType.Alert, true), (alert.Audience, alert.MsgType, alert.Confirmed));
        Assert.Equal(["police"], alert.Services);
        Assert.Null(_scene.Incidents.Last().Withheld);

        Alarm(70);
        _scene.Act(Day(70).AddMinutes(1), _scene.State.Open[^1].Id, ActionVerb.Confirm);
        Assert.Equal((MsgType.Alert, Certainty.Observed), (_scene.Alerts.Last().MsgType, _scene.Alerts.Last().Certainty));
    }

    [Fact]
    public void Withdrawn_AnotherHomeOrAPasserByAlsoSpeaks_IsSent()
    {
        Withdraw();
        var sent = _scene.Alerts.Count();
        Alarm(61);
        _scene.Hear(Day(61).AddMinutes(1), Sensor("", "r1", "report.intrusion", Day(61).AddMinutes(1)) with { Source = "reports/r1", Premises = null });
        Assert.Equal(MsgType.Alert, Assert.Single(_scene.Alerts.Skip(sent)).MsgType);
    }

    [Fact]
    public void Withdrawn_OtherPremisesAndOtherHazards_AreSentAsEver()
    {
        Withdraw();
        var sent = _scene.Alerts.Count();
        _scene.Hear(Day(61), Sensor("p2", "panel", "intrusion.alarm", Day(61), north: 500), Sensor("p1", "panel", "fire.alarm-system", Day(61)));
        Assert.Equal(["police", "fire"], _scene.Alerts.Skip(sent).SelectMany(alert => alert.Services).OrderDescending());
    }

    [Fact]
    public void Withdrawn_ThreeMonthsClear_IsRestoredAndWhatIsKeptBackIsSent()
    {
        Withdraw();
        var restored = Calls()[^1].AddMonths(3);
        Assert.Equal(restored, _scene.Core.Due(_scene.State));
        var sent = _scene.Alerts.Count();
        _scene.Hear(restored.AddMinutes(-3), Sensor("p1", "panel", "intrusion.alarm", restored.AddMinutes(-3)));
        Assert.Equal(sent, _scene.Alerts.Count());

        _scene.Tick(restored);

        Assert.Empty(Records);
        Assert.Equal(("response-restored", "p1, Break-in, police: no false call for long enough"), (Steps.Last().Action, Steps.Last().Note));
        Assert.Equal(MsgType.Alert, Assert.Single(_scene.Alerts.Skip(sent)).MsgType);
    }

    [Fact]
    public void Withdrawn_AlarmKeptBackAndFoundFalse_StartsTheThreeMonthsAnew()
    {
        Withdraw();
        FalseCall(100);
        _scene.Tick(Day(155));
        Assert.Equal(FalseCallStep.Withdrawn, Assert.Single(Records).Step);
        _scene.Tick(Day(200));
        Assert.Empty(Records);
    }

    [Fact]
    public void Restored_ByAPerson_CountsAnewAndNamesWhoSaidSo()
    {
        Withdraw();
        var (fold, done) = _scene.Core.Restore("03131113", _scene.State, new FalseCallRestoration("p1", Hazard.Intrusion, "police", "a.morgan", "new door contact"), Day(62));

        Assert.True(done);
        Assert.Null(fold.State.Learnt?.FalseCalls.SingleOrDefault());
        var step = JsonSerializer.Deserialize(Assert.Single(fold.Entries, e => e.Type == EntryType.Action).Body.Span, LedgerJson.Lines.ActionLine)!;
        Assert.Equal(("response-restored", "a.morgan", "p1, Break-in, police: the cause is fixed: new door contact"), (step.Action, step.User, step.Note));
        Assert.Equal(0, Assert.Single(fold.FalseCalls).Calls);
        Assert.False(_scene.Core.Restore("03131113", fold.State, new FalseCallRestoration("p1", Hazard.Intrusion, "police", "a.morgan"), Day(63)).Done);
    }

    [Fact]
    public void Fire_AnyNumberOfFalseCalls_WarnsAndIsStillSent()
    {
        // Its record lowers belief below the policy's threshold: that alone keeps nobody from knowing.
        for (var i = 0; i < 5; i++)
        {
            _scene.Hear(Day(i), Sensor("p1", "panel", "fire.alarm-system", Day(i)));
            _scene.Act(Day(i).AddMinutes(5), _scene.State.Open[0].Id, ActionVerb.FalseAlarm);
        }

        Assert.Equal(5, _scene.Alerts.Count(alert => alert.MsgType == MsgType.Alert));
        Assert.True(_scene.Incidents.Last().Belief < 0.02);
        Assert.Equal("5 false calls in 12 months: warning", Assert.Single(_scene.Incidents.Last().FalseCalls!).Says);
        Assert.Equal("false-call-warning", Assert.Single(Steps).Action);
    }

    [Fact]
    public void FalseAlarm_NobodyWasTold_IsNoFalseCall()
    {
        _scene.Hear(Day(0), Sensor("p1", "a", "fire.smoke", Day(0)));
        _scene.Act(Day(0).AddMinutes(1), _scene.State.Open[0].Id, ActionVerb.FalseAlarm);
        Assert.Empty(Records);
    }

    [Fact]
    public void Erased_Home_IsNotCountedAndNotNamed()
    {
        Withdraw();
        Alarm(61);
        _scene.Entries.Clear();
        _scene.Revise(Day(61).AddMinutes(1), HomeChange.Erased, "p1", Consents.None);
        Assert.Null(_scene.State.Learnt);
        Assert.DoesNotContain("\"p1\"", string.Concat(_scene.Entries.Select(e => System.Text.Encoding.UTF8.GetString(e.Body.Span))), StringComparison.Ordinal);

        var line = new Erasure(new HomeRevision(HomeChange.Erased, "p1", "p1", Consents.None)).Of(_scene.Incidents.Last() with
        {
            FalseCalls = [FalseCallStanding.Of(FalseCallRecord.First("p1", Hazard.Intrusion, "police", "i", Rule, Day(0)), Rule, "a")],
        });
        Assert.Null(line.FalseCalls);
    }

    [Theory]
    [InlineData("""{"service":"army","hazards":["Fire"],"months":12,"warnAt":2,"source":""}""", "'army' is no service")]
    [InlineData("""{"service":"fire","hazards":["Fire"],"months":0,"warnAt":2,"source":""}""", "months must be in 1..120")]
    [InlineData("""{"service":"fire","hazards":["Fire"],"months":12,"warnAt":3,"withdrawAt":2,"restoreAfterMonths":3,"source":""}""", "warnAt <= withdrawAt")]
    [InlineData("""{"service":"fire","hazards":["Fire"],"months":12,"warnAt":2,"withdrawAt":3,"source":""}""", "restoreAfterMonths must be")]
    public void Policy_ThatCannotBe_IsRefusedWithAReason(string rule, string problem)
    {
        var json = $$"""{"version":"1","note":"","updateStep":0.1,"roadFamilies":[],"rules":[],"roadCategories":[],"falseCalls":{"source":"","rules":[{{rule}}] } }""";
        var refused = Assert.Throws<FormatException>(() => AlertPolicy.Parse(System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private static FalseCallRule Rule => AlertPolicy.Bundled().FalseCalls.For(Hazard.Intrusion, "police")!;

    private static DateTimeOffset Day(double day) => Scene.Start.AddDays(day);

    private static Signal Sensor(string home, string device, string kind, DateTimeOffset at, double north = 0) =>
        Scene.Home(home, device, kind, (at - Scene.Start).TotalMinutes, north: north);

    private System.Collections.Immutable.ImmutableArray<DateTimeOffset> Calls() => Records.Single().Calls;

    private void Alarm(double day)
    {
        _scene.Tick(Day(day));
        _scene.Hear(Day(day), Sensor("p1", "panel", "intrusion.alarm", Day(day)));
    }

    private void FalseCall(double day)
    {
        Alarm(day);
        Assert.Equal(ActionResult.Done, _scene.Act(Day(day).AddMinutes(10), _scene.State.Open[^1].Id, ActionVerb.FalseAlarm));
    }

    private void Withdraw()
    {
        foreach (var day in (double[])[0, 30, 60])
            FalseCall(day);
        Assert.Equal(FalseCallStep.Withdrawn, Assert.Single(Records).Step);
    }
}
