using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

/// <summary>What people say: weak, correlated, and in nobody's way.</summary>
public sealed class ResidentVoiceTests
{
    private static readonly string[] Kinds = ["report.fire", "report.gas", "report.flood", "report.crash", "report.road-hazard", "report.intrusion", "report.disorder", "report.medical"];

    private readonly Scene _scene = new();

    public static TheoryData<string> EveryKind => [.. Kinds];

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Fold_AThousandReporters_AreAnItemOfTheControlRoomAndNoPublicAlert(string kind)
    {
        for (var i = 0; i < 1000; i++)
            _scene.Hear(Scene.Start.AddSeconds(i / 4), Resident($"r{i}", kind, i / 240.0, north: i % 50));

        var incident = Assert.Single(_scene.State.Open);
        Assert.Null(incident.Confirmation);
        Assert.InRange(incident.Evidence.Length, 2, 128);
        Assert.DoesNotContain(_scene.Alerts, alert => alert.Audience == Audience.Public);
        Assert.InRange(_scene.Incidents.Last().Belief, 0.4, 0.9);
    }

    [Fact]
    public void Fold_NothingHere_LowersBeliefALittle()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        var before = _scene.Incidents.Last().Belief;
        _scene.Hear(Scene.Start.AddMinutes(1), Answer("r1", "report.nothing-here", 1));
        Assert.InRange(_scene.Incidents.Last().Belief, before / 3, before / 1.5);
    }

    [Fact]
    public void Fold_NothingHereTakenBack_IsAsIfItWasNeverSaid()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        var before = _scene.Incidents.Last().Belief;
        _scene.Hear(Scene.Start.AddMinutes(1), Answer("r1", "report.nothing-here", 1));
        _scene.Hear(Scene.Start.AddMinutes(2), Answer("r1", "report.nothing-here", 2) with { Active = false }, Answer("r1", "report.fire", 2));
        Assert.InRange(_scene.Incidents.Last().Belief, before * 2, 1);
    }

    [Fact]
    public void Fold_AnswersFromSomewhere_DoNotMoveThePlace()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
        var before = _scene.Incidents.Last();
        _scene.Hear(Scene.Start.AddMinutes(1), Answer("r1", "report.fire", 1));
        var after = _scene.Incidents.Last();
        Assert.Equal(2, after.Evidence.Count);
        Assert.Equal((before.Lat, before.Lon, before.RadiusM), (after.Lat, after.Lon, after.RadiusM));
    }

    [Fact]
    public void Fold_AnswerToARoadAlert_LeavesItOnItsRoad()
    {
        foreach (var vehicle in new[] { "v1", "v2", "v3" })
            _scene.Hear(Scene.Start, Scene.Vehicle(vehicle, "crash.accident", 0));
        _scene.Hear(Scene.Start.AddMinutes(1), Answer("r1", "report.crash", 1));
        _scene.Act(Scene.Start.AddMinutes(2), _scene.State.Open[0].Id, ActionVerb.Confirm);
        Assert.Equal(4, _scene.State.Open[0].Evidence.Length);
        Assert.Equal(100, _scene.Alerts.Last(alert => alert.Audience == Audience.Public).RadiusM);
    }

    [Fact]
    public void Fold_AfterAFloodOfReports_ASensorIsStillHeard()
    {
        for (var i = 0; i < 400; i++)
            _scene.Hear(Scene.Start, Resident($"r{i}", "report.fire", 0));
        Assert.Equal([SignalOutcome.Evidence], _scene.Hear(Scene.Start.AddMinutes(1), Scene.Home("p1", "a", "fire.smoke", 1)));

        var elsewhere = new Scene();
        for (var i = 0; i < 400; i++)
            elsewhere.Hear(Scene.Start, Resident($"r{i}", "report.medical", 0, north: 500 * i));
        Assert.Equal([SignalOutcome.Evidence], elsewhere.Hear(Scene.Start.AddMinutes(1), Scene.Home("p1", "a", "fire.smoke", 1)));
    }

    [Fact]
    public void Fold_AnswerToWhatIsClosed_OpensNothing()
    {
        Assert.Equal([SignalOutcome.Ambient], _scene.Hear(Scene.Start, Resident("r1", "report.fire", 0) with { Target = new SignalTarget("03131113", "gone") }));
        Assert.Empty(_scene.State.Open);
    }

    private Signal Answer(string reporter, string kind, double minutes) => Resident(reporter, kind, minutes) with
    {
        Place = new Place(53.05, -2.99, 2000),
        Target = new SignalTarget("03131113", _scene.State.Open[0].Id),
        Event = _scene.State.Open[0].Id,
    };

    private static Signal Resident(string reporter, string kind, double minutes, double north = 0) => new()
    {
        Source = $"reports/{reporter}",
        Kind = kind,
        Active = true,
        Place = new Place(53.0466 + (north / 111_195), -2.9925, 50),
        ObservedAt = Scene.Start.AddMinutes(minutes),
        ReceivedAt = Scene.Start.AddMinutes(minutes),
    };
}
