namespace CivicSignals.Silo.Demo;

/// <summary>What homes say all day though nothing happens: readings, doors, motion; and what looks like a fire and is none.</summary>
public sealed class HomeLife(Agenda agenda, IReadOnlyList<HomeGateway> homes, Random random)
{
    private const int ReportsPerBeat = 8;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenNuisances = TimeSpan.FromSeconds(40);
    private int _nuisances;

    /// <summary>The day begins.</summary>
    public void Begin()
    {
        agenda.In(Beat, ReportAsync);
        agenda.In(BetweenNuisances, DisturbAsync);
    }

    private async Task ReportAsync(CancellationToken cancellation)
    {
        agenda.In(Beat, ReportAsync);
        for (var n = 0; n < ReportsPerBeat; n++)
        {
            var home = homes[random.Next(homes.Count)];
            var model = home.Home.Devices[random.Next(home.Home.Devices.Count)].Model;
            // A gateway that has not been started yet says nothing.
            if (home.Started)
                await ReportAsync(home, model, cancellation);
        }
    }

    private Task ReportAsync(HomeGateway home, DeviceModel model, CancellationToken cancellation)
    {
        (string, object) link = ("linkquality", 40 + random.Next(160));
        if (model == DeviceCatalogue.Climate)
        {
            var temperature = Math.Round((double)home.Last(model, "temperature") + (random.NextDouble() * 0.4) - 0.2, 1);
            return home.ReportAsync(model, acknowledged: false, cancellation, link, ("temperature", temperature));
        }

        if (model == DeviceCatalogue.Motion)
            return BrieflyAsync(home, model, ("occupancy", true), ("occupancy", false), 60, 90, cancellation);
        if (model == DeviceCatalogue.Contact && random.Next(3) == 0)
            return BrieflyAsync(home, model, ("contact", false), ("contact", true), 5, 60, cancellation);
        return home.ReportAsync(model, acknowledged: false, cancellation, link);
    }

    private Task DisturbAsync(CancellationToken cancellation)
    {
        agenda.In(BetweenNuisances * (0.5 + random.NextDouble()), DisturbAsync);
        var home = homes[random.Next(homes.Count)];
        return (_nuisances++ % 4) switch
        {
            0 => BrieflyAsync(home, DeviceCatalogue.Smoke, ("smoke", true), ("smoke", false), 120, 240, cancellation),
            1 => TestAsync(home, cancellation),
            2 => BrieflyAsync(home, DeviceCatalogue.Smoke, ("tamper", true), ("tamper", false), 30, 90, cancellation),
            _ => home.ReportAsync(DeviceCatalogue.Smoke, acknowledged: true, cancellation, ("battery", 7), ("battery_low", true)),
        };
    }

    private Task TestAsync(HomeGateway home, CancellationToken cancellation)
    {
        agenda.In(
            TimeSpan.FromSeconds(8),
            later => home.ReportAsync(DeviceCatalogue.Smoke, acknowledged: true, later, ("smoke", false), ("test", false)));
        return home.ReportAsync(DeviceCatalogue.Smoke, acknowledged: true, cancellation, ("smoke", true), ("test", true));
    }

    private Task BrieflyAsync(
        HomeGateway home,
        DeviceModel model,
        (string, object) begins,
        (string, object) ends,
        int fromSeconds,
        int toSeconds,
        CancellationToken cancellation)
    {
        agenda.In(
            TimeSpan.FromSeconds(random.Next(fromSeconds, toSeconds)),
            later => home.ReportAsync(model, acknowledged: true, later, ends));
        return home.ReportAsync(model, acknowledged: true, cancellation, begins);
    }
}
