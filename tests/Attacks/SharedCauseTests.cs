using CivicSignals.Silo.Demo;
using CivicSignals.Tests.Replay;

namespace CivicSignals.Tests.Attacks;

/// <summary>Hundreds of homes alarm together, by an update, the power or the weather. They are not so many fires, and a fire among them is still one.</summary>
public sealed class SharedCauseTests
{
    private const int Homes = 300;
    private const double Begins = 60;

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    [InlineData(3, 4)]
    public async Task Update_OfFiveHomesInAHundred_ConfirmsNothingThatLasts(int seed, double minutes)
    {
        using var town = new AttackTown();
        Alarms(town, seed, minutes, DeviceCatalogue.Smoke);
        Quietened(await town.PlayAsync(), seed, Begins + 2, 0.1);
    }

    /// <summary>Mains alarms of all makes chirp when the power comes back.</summary>
    [Fact]
    public async Task Power_ThatComesBack_ConfirmsNothingThatLasts()
    {
        using var town = new AttackTown();
        Alarms(town, 4, 2, DeviceCatalogue.Smoke, DeviceCatalogue.Heat, DeviceCatalogue.CarbonMonoxide);
        Quietened(await town.PlayAsync(), 4, Begins + 1, 0.3); // One carbon monoxide alarm by itself is believed that much.
    }

    [Fact]
    public async Task CarbonMonoxide_InTheAirForSixHours_StaysUnconfirmed()
    {
        using var town = new AttackTown();
        Alarms(town, 5, 360, DeviceCatalogue.CarbonMonoxide);
        var aftermath = await town.PlayAsync();
        Assert.Empty(aftermath.ToPublic);
        Assert.InRange(aftermath.MostBelief, 0, 0.3);
        Assert.InRange(Aftermath.Count(aftermath.ToControlRooms), 0, Homes / 10);
        Assert.Contains(aftermath.Incidents, incident => incident.TryGetProperty("commonCause", out _));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 10)]
    public async Task Update_WithATrueFireInTheMiddle_SilencesNothing(int seed, double minutes)
    {
        var (quiet, attacked) = await Crowds.BesideAsync(
            town => town.Home("true", 700, 905, DeviceCatalogue.Heat).Smoke(Begins + 4, "true").Heat(Begins + 6, "true").Report(Begins + 8, "neighbour", north: 715, east: 905),
            town => Alarms(town, seed, minutes, DeviceCatalogue.Smoke));
        var fire = attacked.Incidents.Last(incident => incident.GetRawText().Contains("homes/true/", StringComparison.Ordinal)).Text("id");
        Assert.InRange(attacked.Of(fire).ConfirmedAt, 0, quiet.ConfirmedAt);
        Assert.InRange(attacked.Of(fire).PublicAt, 0, quiet.PublicAt);
        Assert.Equal(1, Aftermath.Count(attacked.ToPublic));
    }

    /// <summary>All of a home's alarms may chirp with the power: then a person is needed, and is heard.</summary>
    [Fact]
    public async Task Power_WithATrueFireInTheMiddle_IsConfirmedByTheNeighbour()
    {
        var (_, attacked) = await Crowds.BesideAsync(
            town => town.Home("true", 700, 905, DeviceCatalogue.Heat).Smoke(Begins + 1, "true").Heat(Begins + 1.5, "true").Report(Begins + 6, "neighbour", north: 715, east: 905),
            town => Alarms(town, 4, 2, DeviceCatalogue.Smoke, DeviceCatalogue.Heat));
        var fire = attacked.Incidents.Last(incident => incident.GetRawText().Contains("homes/true/", StringComparison.Ordinal));
        Assert.Equal("alarm-and-person", Aftermath.Rule(fire));
        Assert.InRange(Aftermath.Belief(fire), 0.5, 1);
        Assert.InRange(attacked.Of(fire.Text("id")).ConfirmedAt, 0, Begins + 6.1);
    }

    /// <summary>Nothing reached the public; the region knows the cause within moments; nothing is confirmed from then on.</summary>
    private static void Quietened(Aftermath aftermath, int seed, double knownBy, double belief)
    {
        Assert.Empty(aftermath.ToPublic);
        Assert.InRange(aftermath.MostBelief, 0, belief);
        Assert.InRange(Aftermath.Count(aftermath.ToControlRooms), 0, 8);
        Assert.All(aftermath.Open, incident => Assert.True(Aftermath.Rule(incident) is null, $"seed {seed}: {incident.GetRawText()}"));
        Assert.DoesNotContain(aftermath.Incidents, incident => Aftermath.Minute(incident) > knownBy && Aftermath.Rule(incident) is not null);
        Assert.True(
            aftermath.Incidents.Count(incident => incident.TryGetProperty("commonCause", out _)) > 0.8 * aftermath.Incidents.Count, $"seed {seed}: few are explained");
    }

    /// <summary>
    /// Five homes in a hundred of a town of terraces, some of them next door to each other, each with an alarm that goes off once. An hour before, a
    /// few ordinary alarms: what is usual is known.
    /// </summary>
    private static void Alarms(AttackTown town, int seed, double minutes, params DeviceModel[] devices)
    {
        var random = new Random(seed);
        for (var i = 0; i < 4; i++)
            town.Home($"usual{i}", 100 * i, 50).Smoke(1 + (i * 12), $"usual{i}").Smoke(6 + (i * 12), $"usual{i}", active: false);
        const int Rows = 60, Columns = Homes * 20 / Rows;
        var homes = 0;
        for (var i = 0; i < Rows * Columns; i++)
        {
            if (random.NextDouble() >= 0.05)
                continue;
            var home = $"h{homes++}";
            var device = devices[random.Next(devices.Length)];
            town.Home(home, ((i / Columns) - (Rows / 2)) * 30, ((i % Columns) - (Columns / 2)) * 10, DeviceCatalogue.Heat, DeviceCatalogue.CarbonMonoxide);
            var at = Begins + (random.NextDouble() * minutes);
            _ = device == DeviceCatalogue.Smoke ? town.Smoke(at, home) : device == DeviceCatalogue.Heat ? town.Heat(at, home) : town.CarbonMonoxide(at, home);
        }
    }
}
