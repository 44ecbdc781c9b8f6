using CivicSignals.Alerts;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

public sealed class WaitingEvidenceTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Fold_OneOrTwoVehiclesBrakeHard_IsNothing()
    {
        Assert.Equal([SignalOutcome.Ambient], _scene.Hear(Scene.Start, Brake("v1", 0)));
        Assert.Equal([SignalOutcome.Ambient], _scene.Hear(Scene.Start.AddSeconds(20), Brake("v2", 20, north: 40)));
        Assert.Equal([SignalOutcome.Repeated], _scene.Hear(Scene.Start.AddSeconds(25), Brake("v2", 25, north: 40)));
        Assert.Empty(_scene.Entries);
    }

    [Fact]
    public void Fold_ThreeVehiclesBrakeHardAtOnePlace_OpenOneIncidentWithAll()
    {
        _scene.Hear(Scene.Start, Brake("v1", 0));
        _scene.Hear(Scene.Start.AddSeconds(20), Brake("v2", 20, north: 40));
        Assert.Equal([SignalOutcome.Evidence], _scene.Hear(Scene.Start.AddSeconds(40), Brake("v3", 40, north: 80)));
        var incident = Assert.Single(_scene.State.Open);
        Assert.Equal((Hazard.RoadHazard, 3), (incident.Hazard, incident.Evidence.Length));
        Assert.Equal(3, _scene.Entries.Count(entry => entry.Type == EntryType.Evidence));
        Assert.Empty(_scene.State.Waiting);
        Assert.DoesNotContain(_scene.Alerts, alert => alert.Audience == Audience.Public);
        Assert.Contains(_scene.Alerts, alert => alert.Audience == Audience.ControlRoom && alert.Road?.Id == "hard-braking");
    }

    [Theory]
    [InlineData(0, 20, 61, 80)] // The first is more than a minute ago.
    [InlineData(0, 20, 40, 400)] // The third is somewhere else.
    public void Fold_ThreeVehiclesNotTogether_AreNoBurst(double first, double second, double third, double north)
    {
        _scene.Hear(Scene.Start.AddSeconds(first), Brake("v1", first));
        _scene.Hear(Scene.Start.AddSeconds(second), Brake("v2", second, north: 40));
        _scene.Hear(Scene.Start.AddSeconds(third), Brake("v3", third, north: north));
        Assert.Empty(_scene.State.Open);
    }

    [Fact]
    public void Fold_FourthVehicleOfABurst_Joins()
    {
        for (var i = 0; i < 4; i++)
            _scene.Hear(Scene.Start.AddSeconds(30 * i), Brake($"v{i}", 30 * i, north: 10 * i));
        Assert.Equal(4, Assert.Single(_scene.State.Open).Evidence.Length);
    }

    [Fact]
    public void Fold_OneVehicleBrakesHardAtAKnownCrash_CountsNothing()
    {
        _scene.Hear(Scene.Start, Scene.Vehicle("v1", "crash.accident", 0));
        var before = _scene.Incidents.Last().Belief;
        _scene.Hear(Scene.Start.AddSeconds(5), Brake("v2", 5));
        Assert.Equal(before, _scene.Incidents.Last().Belief);
        Assert.Single(Assert.Single(_scene.State.Open).Evidence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fold_PostBeforeOrAfterTheAlarm_CountsTheSame(bool before)
    {
        var (post, alarm) = (Post("a1", 0), Scene.Home("p1", "a", "fire.smoke", 0));
        _scene.Hear(Scene.Start, before ? post : alarm);
        _scene.Hear(Scene.Start, before ? alarm : post);
        var line = _scene.Incidents.Last();
        Assert.Equal(["fire.smoke", "post.fire"], line.Evidence.Select(e => e.Kind).Order());
        Assert.InRange(line.Belief, 2e-4, 3e-4); // 1e-4, and a post's factor of 2.2 beside an alarm.
    }

    [Fact]
    public void Fold_PostThatWaits_IsOnDiskAndGoesWhenItIsDeleted()
    {
        _scene.Hear(Scene.Start, Post("a1", 0));
        Assert.Single(_scene.State.Waiting);
        _scene.Hear(Scene.Start.AddMinutes(1), Post("a1", 1) with { Active = false });
        Assert.Empty(_scene.State.Waiting);
        _scene.Hear(Scene.Start.AddMinutes(2), Scene.Home("p1", "a", "fire.smoke", 2));
        Assert.Single(Assert.Single(_scene.State.Open).Evidence);
    }

    [Fact]
    public void Fold_PostThatIsDeleted_CountsNothingAnyMore()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        var alone = _scene.Incidents.Last().Belief;
        _scene.Hear(Scene.Start, Post("a1", 0));
        _scene.Hear(Scene.Start, Post("a1", 0) with { Active = false });
        Assert.Equal(alone, _scene.Incidents.Last().Belief, 1e-12);
    }

    [Fact]
    public void Fold_PostOlderThanItsWait_IsForgotten()
    {
        _scene.Hear(Scene.Start, Post("a1", 0));
        _scene.Hear(Scene.Start.AddMinutes(61), Scene.Home("p1", "a", "fire.smoke", 61));
        Assert.Single(Assert.Single(_scene.State.Open).Evidence);
        Assert.Empty(_scene.State.Waiting);
    }

    [Fact]
    public void Fold_FloodOfPosts_KeepsTheNewest256()
    {
        for (var i = 0; i < 300; i++)
            _scene.Hear(Scene.Start.AddSeconds(i), Post($"a{i}", i / 60.0));
        Assert.Equal(256, _scene.State.Waiting.Length);
        Assert.Equal("posts/a299", _scene.State.Waiting[^1].Source);
    }

    [Fact]
    public void Fold_AnswerToAnIncident_ReachesItWhereverTheAnswerIs()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        var incident = Assert.Single(_scene.State.Open);
        Assert.Equal([SignalOutcome.Evidence], _scene.Hear(Scene.Start.AddMinutes(1), Answer("r1", "report.fire", incident.Id)));
        Assert.Equal([SignalOutcome.Ambient], _scene.Hear(Scene.Start.AddMinutes(1), Answer("r2", "report.flood", incident.Id)));
        Assert.Equal([SignalOutcome.Ambient], _scene.Hear(Scene.Start.AddMinutes(1), Answer("r3", "report.gas", "gone")));
        Assert.Equal(2, Assert.Single(_scene.State.Open).Evidence.Length);
    }

    private static Signal Brake(string id, double seconds, double north = 0) =>
        Scene.Vehicle(id, "road.hard-braking", seconds / 60, north: north) with { Event = null, ValidUntil = null };

    private static Signal Post(string author, double minutes) => Scene.Home("p1", "a", "post.fire", minutes) with
    {
        Source = $"posts/{author}",
        Premises = null,
        Event = $"key-{author}",
        Place = new Place(53.0466, -2.9925, 500),
    };

    private static Signal Answer(string reporter, string kind, string incident) => Scene.Home("p1", "a", kind, 1) with
    {
        Source = $"reports/{reporter}",
        Premises = null,
        Place = new Place(53.06, -2.99, 2000),
        Target = new SignalTarget("03131113", incident),
    };
}
