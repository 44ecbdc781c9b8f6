using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Tests.CityDays;

public sealed class DayMakerTests
{
    // A tenth of the town: days are made in a fraction of a second.
    private static readonly TownPlan Town = TownPlan.Build(streets: 100);

    [Fact]
    public void Make_SameSeed_SameBytes() => Assert.Equal(Recording(7, Disturbances.All), Recording(7, Disturbances.All));

    [Fact]
    public void Make_OtherSeed_OtherDay() => Assert.NotEqual(Recording(7, Disturbances.None), Recording(8, Disturbances.None));

    [Fact]
    public void Make_OneDisturbanceMore_LeavesTheIncidentsAsTheyAre()
    {
        var quiet = DayMaker.Make(Town, 7, Disturbances.None);
        var stormy = DayMaker.Make(Town, 7, new Disturbances { Storm = true, Loss = 0.3 });

        Assert.Equal(quiet.Incidents.Select(t => (t.Hazard, t.Place, t.Onset)), stormy.Incidents.Select(t => (t.Hazard, t.Place, t.Onset)));
        Assert.True(stormy.Observations.Count > quiet.Observations.Count);
    }

    [Fact]
    public void Make_ManyDays_HappenAtTheirRates()
    {
        var days = Enumerable.Range(1, 30).Select(seed => DayMaker.Make(Town, seed, Disturbances.None)).ToList();
        var crashes = days.Sum(day => day.Incidents.Count(t => t.Hazard == Hazards.RoadCrash));
        var expected = Rates.Crash * Town.Homes.Count * days.Count;

        Assert.InRange(crashes, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
    }

    [Fact]
    public void Make_SmokeAlarms_AreFiresOnceInThousands()
    {
        var days = Enumerable.Range(1, 30).Select(seed => DayMaker.Make(Town, seed, Disturbances.None)).ToList();
        var alarms = days.SelectMany(day => day.Observations).Where(o => o.Witness == Witness.HomeSensor && o.Origin.EndsWith("/Smoke", StringComparison.Ordinal)).ToList();

        Assert.InRange(alarms.Count(o => o.Incident is not null) / (double)alarms.Count, 0, 1 / 500.0);
    }

    [Fact]
    public void Make_Loss_LosesItsShareOfMessages()
    {
        var all = DayMaker.Make(Town, 3, Disturbances.None).Lines.Count;
        var some = DayMaker.Make(Town, 3, new Disturbances { Loss = 0.3 }).Lines.Count;
        var steady = Town.Gateways.Sum(home => CivicSignals.Evaluation.Wire.HomeWire.Announce(home).Count());

        Assert.InRange((all - some) / (double)(all - steady), 0.25, 0.32);
    }

    [Fact]
    public void Make_Lines_ComeInTheOrderOfTheirReceipt()
    {
        var lines = DayMaker.Make(Town, 3, Disturbances.All).Lines;

        Assert.True(lines.Zip(lines.Skip(1)).All(pair => pair.First.At <= pair.Second.At));
    }

    [Fact]
    public void Town_Homes_LieAtEdgesToo()
    {
        Assert.NotEmpty(Town.GatewaysAtEdges);
        Assert.All(Town.AtEdges, home => Assert.True(Tiles.MetresToEdge(home.Place) < 40));
        Assert.True(Town.Homes.Select(home => Tiles.Name(home.Place)).Distinct().Count() >= 20);
    }

    private static string Recording(int seed, Disturbances disturbances)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var day = DayMaker.Make(Town, seed, disturbances);
        DayFiles.WriteRecording(day, text);
        DayFiles.WriteTruth(day, text);
        return text.ToString();
    }
}
