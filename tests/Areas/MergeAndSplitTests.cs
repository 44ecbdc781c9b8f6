using CivicSignals.Alerts;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

/// <summary>A person merges, splits and takes a merger back, in one area.</summary>
public sealed class MergeAndSplitTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Merge_SameHazard_MovesTheEvidenceAndEndsTheOthersAlertsWithReferences()
    {
        var (near, far) = TwoConfirmedFires();
        _scene.Act(At(2), near, ActionVerb.Confirm);
        _scene.Act(At(3), far, ActionVerb.Confirm);
        Assert.Equal(ActionResult.Done, Merge(4, far, near));

        var merged = Assert.Single(_scene.State.Open);
        Assert.Equal((near, 4), (merged.Id, merged.Evidence.Length));
        var closed = _scene.Incidents.Last(line => line.Id == far);
        Assert.Equal((Stage.Closed, Outcome.Merged, near), (closed.Stage, closed.Outcome!.Value, closed.MergedInto!));
        foreach (var audience in Enum.GetValues<Audience>())
        {
            var ended = _scene.Alerts.Last(alert => alert.Incident == far && alert.Audience == audience);
            Assert.Equal((MsgType.Update, Outcome.Merged, near), (ended.MsgType, ended.Ended!.Value, ended.SupersededBy!));
            var goesOn = _scene.Alerts.Last(alert => alert.Incident == near && alert.Audience == audience);
            Assert.Equal((MsgType.Update, At(4), ended.Id), (goesOn.MsgType, goesOn.At, Assert.Single(goesOn.Supersedes!)));
        }

        var actions = Actions();
        Assert.Equal([(far, "merge", near), (near, "merge-from", far)], actions.Select(line => (line.Incident, line.Action, line.Other!)));
        Assert.All(actions, line => Assert.Equal(("u1", "one fire"), (line.User, line.Note)));
        var provenance = Assert.Single(_scene.Incidents.Last(line => line.Id == near).MergedFrom!);
        Assert.Equal((far, "u1", 2), (provenance.Id, provenance.By, provenance.Evidence.Count));
    }

    [Fact]
    public void Merge_IntoOneThatAnAudienceDoesNotKnow_TellsItOn()
    {
        var (near, far) = TwoFires(secondKind: "fire.heat");
        Assert.DoesNotContain(_scene.Alerts, alert => alert.Incident == near);
        Merge(4, far, near);

        var goesOn = _scene.Alerts.Where(alert => alert.Incident == near).ToList();
        Assert.Equal(_scene.Alerts.Where(alert => alert.Incident == far).Select(alert => alert.Audience).Distinct(), goesOn.Select(alert => alert.Audience));
        Assert.All(goesOn, alert => Assert.Equal((1, MsgType.Update), (alert.Version, alert.MsgType)));
    }

    [Theory]
    [InlineData("fire.smoke", "gas.co", ActionResult.OtherHazard)]
    [InlineData("gas.co", "fire.smoke", ActionResult.Done)]
    public void Merge_OtherHazard_OnlyWhereAllEvidenceSpeaksForIt(string kind, string into, ActionResult expected)
    {
        Hear(0, Scene.Home("p1", "a", into, 0, north: 400));
        Hear(1, Scene.Home("p2", "b", kind, 1));
        var (other, incident) = (_scene.State.Open[0].Id, _scene.State.Open[1].Id);
        var before = _scene.Entries.Count;
        Assert.Equal(expected, Merge(2, incident, other));
        Assert.Equal(expected == ActionResult.Done ? 1 : 2, _scene.State.Open.Length);
        Assert.Equal(expected == ActionResult.Done, _scene.Entries.Count > before);
    }

    [Fact]
    public void Merge_IntoNothingItselfOrSomethingFar_IsRefused()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(1, Scene.Home("p2", "b", "fire.smoke", 1, north: 2_100));
        var (near, far) = (_scene.State.Open[0].Id, _scene.State.Open[1].Id);
        Assert.Equal(ActionResult.OtherNotOpen, Merge(2, near, "none"));
        Assert.Equal(ActionResult.OtherNotOpen, Merge(2, near, near));
        Assert.Equal(ActionResult.TooFar, Merge(2, near, far));
        Assert.Equal(ActionResult.NotFound, Merge(2, "none", near));
        Assert.Empty(Actions());
    }

    [Fact]
    public void Merge_IntoAnotherArea_SetsOutAndIsLeftAloneMeanwhile()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "h", "fire.heat", 0));
        var id = _scene.State.Open[0].Id;
        var away = new OperatorAction(id, ActionVerb.Merge, "u1", "one fire") { Other = "far", OtherArea = "03131112" };
        Assert.Equal(ActionResult.Accepted, _scene.Act(At(1), away));
        Assert.Equal(At(1), _scene.Core.Due(_scene.State));
        Assert.Equal("far", _scene.Incidents.Last().MergingInto);

        Assert.Equal(ActionResult.Accepted, _scene.Act(At(2), away));
        Assert.Equal(ActionResult.Leaving, Merge(2, id, "another"));
        Assert.Equal(ActionResult.Leaving, Split(2, id, "homes/p1/a fire.smoke"));
        Assert.Single(Actions());
        _scene.Tick(At(3_000));
        Assert.Contains(_scene.State.Open, incident => incident.Id == id);
    }

    [Fact]
    public void UndoMerge_AfterAPersonsMerger_RestoresBothAndTheEngineLeavesThemApart()
    {
        var (near, far) = TwoConfirmedFires();
        _scene.Act(At(3), far, ActionVerb.Confirm);
        var before = _scene.State.Open;
        Merge(4, far, near);
        Assert.Equal(ActionResult.Done, _scene.Act(At(5), new OperatorAction(near, ActionVerb.UndoMerge, "u2") { Other = far }));

        var back = _scene.State.Open.Single(incident => incident.Id != near);
        Assert.NotEqual(far, back.Id);
        var (was, stayed) = (before.Single(incident => incident.Id == far), before.Single(incident => incident.Id == near));
        Assert.Equal(was.Evidence, back.Evidence);
        Assert.Equal((was.Hazard, was.OpenedAt, "operator"), (back.Hazard, back.OpenedAt, back.Confirmation!.Rule));
        var rest = _scene.State.Open.Single(incident => incident.Id == near);
        Assert.Equal(stayed.Evidence, rest.Evidence);
        Assert.Equal("two-kinds", rest.Confirmation!.Rule);
        Assert.Equal([back.Id], rest.Provenance!.Apart);
        Assert.Equal([near], back.Provenance!.Apart);
        Assert.Equal(ActionResult.NoSuchMerger, _scene.Act(At(5), new OperatorAction(near, ActionVerb.UndoMerge, "u2")));
        Assert.Equal(
            [Audience.ControlRoom, Audience.Public],
            _scene.Alerts.Where(alert => alert.Incident == back.Id && alert is { Version: 1, MsgType: MsgType.Alert }).Select(alert => alert.Audience));
    }

    [Fact]
    public void UndoMerge_OfAConfirmedOne_TakesThePersonsWordAlong()
    {
        var (near, far) = TwoFires(secondKind: null);
        _scene.Act(At(3), far, ActionVerb.Confirm);
        Merge(4, far, near);
        Assert.Equal("operator", _scene.State.Open[0].Confirmation!.Rule);
        _scene.Act(At(5), new OperatorAction(near, ActionVerb.UndoMerge, "u1"));
        Assert.Null(_scene.State.Open.Single(incident => incident.Id == near).Confirmation);
        Assert.Equal("operator", _scene.State.Open.Single(incident => incident.Id != near).Confirmation!.Rule);
    }

    [Fact]
    public void UndoMerge_OfAMergerOfMergers_BringsThemBackOneByOne()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(1, Scene.Home("p2", "b", "fire.smoke", 1, north: 400));
        Hear(2, Scene.Home("p3", "c", "fire.smoke", 2, north: 800));
        var ids = _scene.State.Open.Select(incident => incident.Id).ToList();
        Merge(3, ids[2], ids[1]);
        Merge(4, ids[1], ids[0]);
        Assert.Equal([ids[2], ids[1]], _scene.State.Open[0].Provenance!.Merged.Select(merger => merger.Id));

        _scene.Act(At(5), new OperatorAction(ids[0], ActionVerb.UndoMerge, "u1") { Other = ids[1] });
        Assert.Single(_scene.State.Open.Single(incident => incident.Id == ids[0]).Evidence);
        var pair = _scene.State.Open.Single(incident => incident.Evidence.Length == 2);
        var inner = Assert.Single(pair.Provenance!.Merged);
        Assert.Equal((ids[2], pair.Id), (inner.Id, inner.Into));

        _scene.Act(At(6), new OperatorAction(pair.Id, ActionVerb.UndoMerge, "u1"));
        Assert.Equal(3, _scene.State.Open.Length);
        Assert.All(_scene.State.Open, incident => Assert.Single(incident.Evidence));
    }

    [Fact]
    public void UndoMerge_OfTheEnginesMerger_RestoresTheHazardAndStaysUndone()
    {
        // Carbon monoxide of a fire, before the smoke: the engine explains the one by the other.
        Hear(0, Scene.Home("p1", "co", "gas.co", 0));
        Hear(1, Scene.Home("p1", "smoke", "fire.smoke", 1));
        var fire = Assert.Single(_scene.State.Open);
        Assert.Equal(Merger.Engine, Assert.Single(fire.Provenance!.Merged).By);
        _scene.Act(At(2), new OperatorAction(fire.Id, ActionVerb.UndoMerge, "u1"));
        Assert.Equal([Hazard.Fire, Hazard.CarbonMonoxide], _scene.State.Open.Select(incident => incident.Hazard).Order());

        Hear(3, Scene.Home("p2", "a", "fire.smoke", 3, north: 20));
        Assert.Equal(2, _scene.State.Open.Length);
    }

    [Fact]
    public void Split_ChosenEvidence_RaisesItsOwnAlertsAndWithdrawsWhatIsNotSupportedAnyMore()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p2", "b", "fire.smoke", 0, north: 30), Scene.Home("p2", "c", "fire.heat", 0, north: 30));
        var whole = Assert.Single(_scene.State.Open);
        Assert.NotEmpty(_scene.Alerts);
        Assert.Equal(ActionResult.Done, Split(1, whole.Id, "homes/p2/b fire.smoke", "homes/p2/c fire.heat"));

        var rest = _scene.State.Open.Single(incident => incident.Id == whole.Id);
        var parted = _scene.State.Open.Single(incident => incident.Id != whole.Id);
        Assert.Equal((1, 2), (rest.Evidence.Length, parted.Evidence.Length));
        Assert.Null(rest.Confirmation);
        Assert.Equal("two-kinds", parted.Confirmation!.Rule);
        var withdrawn = _scene.Alerts.Last(alert => alert.Incident == whole.Id && alert.Audience == Audience.ControlRoom);
        Assert.Equal((MsgType.Cancel, Outcome.Withdrawn), (withdrawn.MsgType, withdrawn.Ended!.Value));
        Assert.Equal((MsgType.Alert, 1), _scene.Alerts.Where(alert => alert.Incident == parted.Id).Select(alert => (alert.MsgType, alert.Version)).First());
        Assert.Equal([(whole.Id, "split", parted.Id), (parted.Id, "split-from", whole.Id)], Actions().Select(line => (line.Incident, line.Action, line.Other!)));
    }

    [Fact]
    public void Split_WhereTheRestStillHolds_UpdatesItsAlertsWithWhatRemains()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "h", "fire.heat", 0), Scene.Home("p2", "b", "fire.smoke", 0, north: 30));
        var whole = Assert.Single(_scene.State.Open).Id;
        var before = _scene.Alerts.Last(alert => alert.Incident == whole && alert.Audience == Audience.ControlRoom);
        Split(1, whole, "homes/p2/b fire.smoke");
        var after = _scene.Alerts.Last(alert => alert.Incident == whole && alert.Audience == Audience.ControlRoom);
        Assert.Equal((MsgType.Update, before.Version + 1, null), (after.MsgType, after.Version, after.Ended));
        Assert.Equal((3, 2), (before.Reasons.Count(IsWeight), after.Reasons.Count(IsWeight)));

        static bool IsWeight(string reason) => reason.Contains("alarm", StringComparison.Ordinal) && reason.Contains("ago", StringComparison.Ordinal) || reason.Contains("just now", StringComparison.Ordinal);
    }

    [Fact]
    public void Split_NothingAllOrWhatSpeaksForNothing_IsRefused()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "h", "fire.heat", 0));
        Hear(1, Scene.Home("p1", "a", "fire.smoke", 1) with { Source = "reports/r1", Kind = "report.nothing-here", Premises = null });
        var whole = _scene.State.Open[0];
        Assert.Equal(3, whole.Evidence.Length);
        Assert.Equal(ActionResult.NoSuchEvidence, Split(2, whole.Id));
        Assert.Equal(ActionResult.NoSuchEvidence, Split(2, whole.Id, "homes/p1/a fire.smoke", "homes/p9/a fire.smoke"));
        Assert.Equal(ActionResult.NothingLeft, Split(2, whole.Id, [.. whole.Evidence.Select(evidence => evidence.Name)]));
        Assert.Equal(ActionResult.SpeaksForNothing, Split(2, whole.Id, "reports/r1 report.nothing-here"));
        Assert.Empty(Actions());
    }

    [Fact]
    public void Hear_ASourceThatWasSplitOff_GoesWhereItsEvidenceIs()
    {
        // Three alarms at one spot: by place alone, the older incident would take whatever is heard there.
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p2", "b", "fire.smoke", 0), Scene.Home("p3", "c", "fire.smoke", 0));
        var whole = _scene.State.Open[0].Id;
        Split(1, whole, "homes/p2/b fire.smoke");
        var parted = _scene.State.Open.Single(incident => incident.Id != whole).Id;

        Hear(2, Scene.Home("p2", "b", "fire.smoke", 2, active: false));
        Assert.NotNull(Of(parted).Evidence[0].ClearedAt);
        Hear(3, Scene.Home("p2", "b", "fire.smoke", 3));
        Assert.Null(Assert.Single(Of(parted).Evidence).ClearedAt);
        Hear(4, Scene.Home("p2", "b", "fire.heat", 4));
        Assert.Equal(2, Of(parted).Evidence.Length);
        Hear(5, Scene.Home("p1", "a", "fire.smoke", 5, active: false), Scene.Home("p1", "a", "fire.smoke", 5.5));
        Assert.Equal(2, Of(whole).Evidence.Length);
        Assert.Equal(2, _scene.State.Open.Length);

        Incident Of(string id) => _scene.State.Open.Single(incident => incident.Id == id);
    }

    [Fact]
    public void Merge_OfWhatWasSplit_IsAPersonsToDecide()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p2", "b", "fire.smoke", 0), Scene.Home("p3", "c", "fire.smoke", 0));
        var whole = _scene.State.Open[0].Id;
        Split(1, whole, "homes/p2/b fire.smoke");
        var parted = _scene.State.Open.Single(incident => incident.Id != whole).Id;
        Hear(2, Scene.Home("p4", "d", "fire.smoke", 2));
        Assert.Equal(2, _scene.State.Open.Length);
        Assert.Equal(ActionResult.Done, Merge(3, parted, whole));
        Assert.Empty(Assert.Single(_scene.State.Open).Provenance!.Apart);
    }

    [Fact]
    public void Revise_ErasedHome_IsNotNamedByTheMergersEither()
    {
        var (near, far) = TwoConfirmedFires();
        Merge(4, far, near);
        _scene.Revise(At(5), HomeChange.Erased, "p2", Consents.None);
        var merger = Assert.Single(Assert.Single(_scene.State.Open).Provenance!.Merged);
        Assert.All(merger.Evidence, name => Assert.StartsWith("erased ", name, StringComparison.Ordinal));
    }

    private static DateTimeOffset At(double minutes) => Scene.Start.AddMinutes(minutes);

    private void Hear(double minutes, params Signal[] signals) => _scene.Hear(At(minutes), signals);

    private ActionResult Merge(double minutes, string incident, string into) =>
        _scene.Act(At(minutes), new OperatorAction(incident, ActionVerb.Merge, "u1", "one fire") { Other = into });

    private ActionResult Split(double minutes, string incident, params string[] evidence) =>
        _scene.Act(At(minutes), new OperatorAction(incident, ActionVerb.Split, "u1") { Evidence = evidence });

    /// <summary>Two fires 400 m apart, each seen by two kinds.</summary>
    private (string Near, string Far) TwoConfirmedFires()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "h", "fire.heat", 0));
        Hear(1, Scene.Home("p2", "b", "fire.smoke", 1, north: 400), Scene.Home("p2", "h", "fire.heat", 1, north: 400));
        Assert.All(_scene.State.Open, incident => Assert.NotNull(incident.Confirmation));
        return (_scene.State.Open[0].Id, _scene.State.Open[1].Id);
    }

    /// <summary>Two fires 400 m apart, the first seen by a smoke alarm alone.</summary>
    private (string Near, string Far) TwoFires(string? secondKind)
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(1, Scene.Home("p2", "b", "fire.smoke", 1, north: 400));
        if (secondKind is not null)
            Hear(2, Scene.Home("p2", "h", secondKind, 2, north: 400));
        return (_scene.State.Open[0].Id, _scene.State.Open[1].Id);
    }

    private List<ActionLine> Actions() => [.. _scene.Actions.Where(line => line.Other is not null)];
}
