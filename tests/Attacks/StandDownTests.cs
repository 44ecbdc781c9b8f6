using CivicSignals.Areas;
using CivicSignals.Signals;
using CivicSignals.Silo.Demo;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Attacks;

/// <summary>Many say "nothing here" of what is real.</summary>
public sealed class StandDownTests
{
    private static readonly Dictionary<string, Action<AttackTown>> Truths = new()
    {
        ["fire"] = town => town.TrueFire(20),
        ["heat and a person"] = town => town.Home("true", 0, 0, DeviceCatalogue.Heat).Heat(20, "true").Report(22, "neighbour", north: 20),
        ["crash"] = town => town.TrueCrash(20),
        ["vehicle and a person"] = town => town.Crash(20, "v1").Report(22, "driver", "crash"),
    };

    public static TheoryData<string, double> All => new(from truth in Truths.Keys from denied in (double[])[8, 20.5, 22.5] select (truth, denied));

    /// <summary>Before it, between its first and its last witness, and after all have been told.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Denials_ByFifty_SilenceNothing(string truth, double from)
    {
        var kind = truth is "crash" or "vehicle and a person" ? "crash" : "fire";
        var (quiet, attacked) = await Crowds.BesideAsync(Truths[truth], town => Deny(town, from, kind));
        attacked.ToldAsMuchAs(quiet);
        Assert.NotEmpty(attacked.ToPublic);
    }

    /// <summary>More than an area keeps of one incident; the one who sees the fire is still heard.</summary>
    [Fact]
    public async Task Denials_ByMoreThanAnAreaKeeps_ShutNoWitnessOut()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(Truths["heat and a person"], town => Deny(town, 20.1, "fire", count: 300, within: 1));
        attacked.ToldAsMuchAs(quiet);
        Assert.NotEmpty(attacked.ToPublic);
    }

    /// <summary>So many have long said that they see it, too long ago to confirm what an alarm says now; the one who says so now is still heard.</summary>
    [Fact]
    public async Task Reports_ByMoreThanAnAreaKeeps_ShutNoWitnessOut()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(
            town => town.Home("true", 0, 0, DeviceCatalogue.Heat).Heat(60, "true").Report(62, "neighbour", north: 20), town => town.Reports(count: 300));
        attacked.ToldAsMuchAs(quiet);
        Assert.NotEmpty(attacked.ToPublic);
    }

    [Fact]
    public void Answers_ToTheAlert_WithdrawNothing()
    {
        var scene = new Scene();
        scene.Hear(Scene.Start, Scene.Home("h1", "a", "fire.smoke", 0), Scene.Home("h1", "b", "fire.heat", 0));
        scene.Hear(Scene.Start.AddMinutes(1), Person("neighbour", "report.fire", 1, null));
        var incident = Assert.Single(scene.State.Open).Id;
        for (var i = 0; i < 50; i++)
            scene.Hear(Scene.Start.AddMinutes(2 + (i * 0.1)), Person($"liar{i}", "report.nothing-here", 2 + (i * 0.1), new SignalTarget("03131113", incident)));
        var open = Assert.Single(scene.State.Open);
        Assert.NotNull(open.Confirmation);
        Assert.Equal(2, open.Alerts.Length);
        Assert.All(open.Alerts, track => Assert.False(track.Withdrawn));
        Assert.DoesNotContain(scene.Alerts, alert => alert.Ended is not null);
    }

    [Fact]
    public async Task AllClear_OfAnotherVehicle_EndsNothing()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(
            town => town.TrueCrash(20),
            town => town.Denm(23, "v3", town.Event("v3", 20), 23, ends: true).Deny(24, "v3", of: "v1"));
        attacked.ToldAsMuchAs(quiet);
    }

    /// <summary>A vehicle that joins what two others say, and then takes its own word back.</summary>
    [Fact]
    public async Task AllClear_OfOneThatJoined_EndsNothingThatOthersStillSay()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(
            town => Repeating(town.TrueCrash(20), 20, 40),
            town => town.Crash(25.05, "v3").Crash(26.05, "v3", ends: true));
        attacked.ToldAsMuchAs(quiet);
    }

    private static void Deny(AttackTown town, double from, string kind, int count = 50, double within = 1)
    {
        for (var i = 0; i < count; i++)
            town.Report(from + (i * within / count), $"liar{i}", kind, seen: false, north: ((i % 5) - 2) * 30);
    }

    /// <summary>Vehicles repeat their messages as long as they are there.</summary>
    private static AttackTown Repeating(AttackTown town, double from, double until)
    {
        for (var minute = from + 3; minute < until; minute += 1)
            town.Denm(minute, "v1", town.Event("v1", from), minute).Denm(minute, "v2", town.Event("v2", from + 2), minute);
        return town;
    }

    private static Signal Person(string name, string kind, double minutes, SignalTarget? target) => new()
    {
        Source = $"reports/{name}",
        Kind = kind,
        Active = true,
        Place = new Place(53.0466, -2.9925, 50),
        ObservedAt = Scene.Start.AddMinutes(minutes),
        ReceivedAt = Scene.Start.AddMinutes(minutes),
        Target = target,
        Event = target?.Incident ?? Quadkey.At(53.0466, -2.9925, 17),
    };
}
