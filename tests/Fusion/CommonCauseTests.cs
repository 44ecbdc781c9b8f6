using CivicSignals.CommonCauses;
using CivicSignals.Fusion;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Fusion;

/// <summary>One cause that many homes share is seen, and what it explains does not add up.</summary>
public sealed class CommonCauseTests
{
    private readonly SurgeWatch _watch = new(Scene.Model.CommonCauses);

    public CommonCauseTests() => Note("flood.indoor", null, "b", -120); // Watched for two hours.

    [Fact]
    public void Note_ManyBlocksWithinMinutes_IsASurge()
    {
        for (var i = 0; i < 7; i++)
            Assert.False(Note("fire.smoke", null, $"b{i}", i * 0.1));
        Assert.True(Note("fire.smoke", null, "b7", 0.8));
        var surge = Assert.Single(_watch.At(Scene.Start.AddMinutes(1)));
        Assert.Equal("power", surge.Cause);
        Assert.InRange(surge.From, Scene.Start.AddMinutes(-3), Scene.Start);
        Assert.InRange(surge.LnTimes, 2, 2.2);
    }

    [Fact]
    public void Note_OneBlockOfFlats_IsNone()
    {
        for (var i = 0; i < 200; i++)
            Assert.False(Note("fire.smoke", "HS1SA-E", $"b{i % 4}", i * 0.01));
    }

    [Fact]
    public void Note_OneMake_IsASurgeOfThatMakeOnly()
    {
        for (var i = 0; i < 20; i++)
            Note("fire.smoke", "HS1SA-E", $"b{i}", i * 0.6);
        var surge = Assert.Single(_watch.At(Scene.Start.AddMinutes(12)));
        Assert.Equal(("update", "HS1SA-E"), (surge.Cause, surge.Make));
    }

    [Fact]
    public void Note_AsManyAsEver_IsNone()
    {
        // A large region: one carbon monoxide alarm every ten minutes is its ordinary day, once that is known.
        for (var i = 0; i < 6 * 48; i++)
            Note("gas.co", null, $"b{i}", i * 10);
        Assert.Empty(_watch.At(Scene.Start.AddHours(48)));
    }

    [Fact]
    public void Note_AsManyFromTheFirstMoment_IsNone()
    {
        var watch = new SurgeWatch(Scene.Model.CommonCauses);
        for (var i = 0; i < 6 * 12; i++)
            watch.Note([new HomeAlarm("gas.co", null, $"b{i}", Scene.Start.AddMinutes(i * 10))]);
        Assert.Empty(watch.At(Scene.Start.AddHours(12)));
    }

    [Fact]
    public void Note_MoreThanEverForMoreThanADay_BecomesOrdinary()
    {
        for (var i = 0; i < 6 * 80; i++)
            Note("gas.co", null, $"b{i}", 600 + (i * 10));
        Assert.Empty(_watch.At(Scene.Start.AddHours(90)));
    }

    [Fact]
    public void Note_LateBuffer_IsOfAnotherTime()
    {
        Note("fire.smoke", null, "b0", 60);
        for (var i = 1; i < 20; i++)
            Assert.False(Note("fire.smoke", null, $"b{i}", i * 0.1));
    }

    [Fact]
    public void Explain_AlarmsOfTheSurge_SayLittleAndConfirmNothing()
    {
        var scene = new Scene();
        scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.alarm-system", 0));
        var alone = scene.Incidents.Last().Belief;
        scene.Hear(Scene.Start.AddMinutes(1), Scene.Home("p2", "a", "fire.smoke", 1, north: 15));
        Assert.Equal("two-homes", scene.Incidents.Last().Confirmation?.Rule);

        scene.Explain(Scene.Start.AddMinutes(2), Power(5, "fire.alarm-system"), Power(5, "fire.smoke"));

        var line = scene.Incidents.Last();
        Assert.Null(line.Confirmation);
        Assert.InRange(line.Belief, 0, alone / 20);
        Assert.InRange(line.CommonCause!.Value, 0.9, 1);
        Assert.All(line.Evidence, evidence => Assert.Equal(Discount.CommonCause, evidence.Discount));
        Assert.Contains("one cause explains them all", line.Evidence[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_ARealFireInAStorm_IsStillBelievedByWhatTheStormDoesNotExplain()
    {
        var (calm, storm) = (new Scene(), new Scene());
        storm.Explain(Scene.Start, Power(30, "fire.heat"), Power(30, "fire.smoke"));
        foreach (var scene in (Scene[])[calm, storm])
        {
            scene.Hear(Scene.Start, Scene.Home("p1", "x", "report.fire", 0) with { Source = "people/r1", Premises = null });
            scene.Hear(Scene.Start.AddMinutes(1), Scene.Home("p1", "a", "fire.smoke", 1), Scene.Home("p1", "b", "gas.co", 1) with { Kind = "fire.heat" });
        }

        Assert.True(storm.Incidents.Last().Belief >= storm.Incidents.First().Belief, "an alarm that the storm explains takes nothing away");
        Assert.True(storm.Incidents.Last().Belief < calm.Incidents.Last().Belief);
        Assert.Equal("alarm-and-person", storm.Incidents.Last().Confirmation?.Rule);
    }

    [Fact]
    public void Explain_AFireAmongAlarmsOfAnotherKind_IsStillConfirmedByItsHome()
    {
        var scene = new Scene();
        scene.Explain(Scene.Start, Power(30, "fire.smoke"));
        scene.Hear(Scene.Start, Scene.Home("p1", "a", "fire.smoke", 0), Scene.Home("p1", "b", "fire.heat", 0));
        Assert.Equal("two-kinds", scene.Incidents.Last().Confirmation?.Rule);
    }

    [Fact]
    public void Note_AKindThatOnePlaceAloneHasSaid_IsNotOfTheSurge()
    {
        for (var i = 0; i < 12; i++)
            Note(i == 4 ? "fire.heat" : "fire.smoke", null, $"b{i}", i * 0.1);
        Assert.Equal(["fire.smoke"], _watch.At(Scene.Start.AddMinutes(2)).Select(surge => surge.Kind));
        Assert.True(Note("fire.heat", null, "b20", 1.2));
        Assert.Equal(["fire.heat", "fire.smoke"], _watch.At(Scene.Start.AddMinutes(2)).Select(surge => surge.Kind));
    }

    private static Surge Power(double until, string kind) => new("power", null, Scene.Start, Scene.Start.AddMinutes(until), 4, kind);

    private bool Note(string kind, string? make, string block, double minutes) => _watch.Note([new HomeAlarm(kind, make, block, Scene.Start.AddMinutes(minutes))]);
}
