using CivicSignals.Fusion;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Fusion;

/// <summary>What counts how much: the published shares come out where one source speaks, and further voices add what they add.</summary>
public sealed class BeliefTests
{
    private readonly Scene _scene = new();

    private double LnOdds => Math.Log(Belief / (1 - Belief));

    private double Belief => _scene.Incidents.Last().Belief;

    [Theory]
    [InlineData("fire.smoke", 1e-4, 2)]
    [InlineData("fire.alarm-system", 0.021, 1.2)]
    [InlineData("intrusion.alarm", 0.098, 1.2)]
    [InlineData("gas.co", 0.12, 1.2)]
    public void OneSource_IsBelievedAsOftenAsItIsRight(string kind, double published, double within)
    {
        Hear(0, Scene.Home("p1", "a", kind, 0));
        Assert.InRange(Belief, published / within, published * within);
    }

    [Fact]
    public void AnotherHome_CountsByHowNearAndHowSoon()
    {
        double With(double north, double minutes)
        {
            var scene = new Scene();
            scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0));
            scene.Hear(Scene.Start.AddMinutes(minutes), Scene.Home("p2", "a", "fire.smoke", minutes, north: north));
            return scene.Incidents.Last().Belief;
        }

        Assert.True(With(10, 1) > 10 * With(90, 1), "far away");
        Assert.True(With(10, 1) > 3 * With(10, 25), "much later");
        Assert.InRange(With(10, 1), 1e-4, 0.02); // Two smoke alarms are no fire yet.
    }

    [Fact]
    public void AlarmThatEndsWithinTwoMinutes_CountsLess()
    {
        Hear(0, Scene.Home("p1", "b", "fire.smoke", 0));
        var sounding = LnOdds;
        Hear(1, Scene.Home("p1", "b", "fire.smoke", 1, active: false));
        Assert.InRange(LnOdds, sounding - 1.6, sounding - 1.4);
        Assert.Contains("ended by itself", Assert.Single(_scene.Incidents.Last().Evidence).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void SilentDetectorOfTheSameHome_CountsAgainst_UntilItSpeaks()
    {
        var smoke = Scene.Home("p1", "a", "fire.smoke", 0) with { Companions = ["fire.heat", "intrusion.contact"] };
        Hear(0, smoke);
        Assert.Null(_scene.Incidents.Last().Silent);
        var before = LnOdds;
        Hear(5, Scene.Home("p1", "c", "fire.smoke", 5));
        var silent = Assert.Single(_scene.Incidents.Last().Silent!);
        Assert.Equal("heat alarm", silent.Detector);
        Hear(6, Scene.Home("p1", "b", "fire.heat", 6));
        Assert.Null(_scene.Incidents.Last().Silent);
        Assert.True(LnOdds > before + 3);
    }

    [Fact]
    public void Hour_AndKindOfPremises_MoveThePrior()
    {
        double At(double hour, string? kind)
        {
            var scene = new Scene();
            scene.Hear(Scene.Start.AddHours(hour), Scene.Home("p1", "a", "fire.alarm-system", hour * 60) with { PlaceKind = kind });
            return scene.Incidents.Last().Belief;
        }

        Assert.True(At(11, null) > At(20, null)); // 19:00 against 04:00.
        Assert.True(At(11, "business") > At(11, "dwelling"));
        Assert.Equal(At(11, "dwelling"), At(11, "folly"));
    }

    [Fact]
    public void PeopleAlone_AreBelievedUpToABound()
    {
        for (var i = 0; i < 60; i++)
            Hear(i / 20.0, Scene.Home("p1", "x", i % 2 == 0 ? "report.fire" : "post.fire", i / 20.0) with { Source = $"people/{i}", Premises = null });
        Assert.InRange(Belief, 0.5, 0.95);
    }

    [Fact]
    public void Explanation_GivesWeightsInWords()
    {
        Hear(0, Scene.Home("p1", "a", "fire.smoke", 0));
        Hear(4, Scene.Home("p1", "b", "fire.heat", 4));
        var line = _scene.Incidents.Last();
        Assert.Equal("Smoke alarm, 4 minutes ago: makes a fire about 10,000 times more likely", line.Evidence[0].Why);
        Assert.Equal(Discount.SameHome, line.Evidence[1].Discount);
        Assert.Contains("counts less because another sensor of the same home already speaks", line.Evidence[1].Why, StringComparison.Ordinal);
    }

    private void Hear(double minutes, params Signal[] signals) => _scene.Hear(Scene.Start.AddMinutes(minutes), signals);
}
