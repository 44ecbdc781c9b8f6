namespace CivicSignals.Faults.Kinds;

/// <summary>All kinds of faults.</summary>
internal static class FaultKinds
{
    /// <summary>A silo that has died is left dead for so long: others take over what it did.</summary>
    private const double Dead = 8;

    /// <summary>Whoever restarts silos one by one looks at each before the next, as the runbook has it: for one scrape of its metrics.</summary>
    private const double LookedAt = 15;

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("kill-silo", "SIGKILL of one silo of three", KillSiloAsync),
        new("kill-all", "SIGKILL of all silos at once, then started again", KillAllAsync) { From = "start" },
        new("kill-broker", "SIGKILL of the broker, started again after 2 s", KillBrokerAsync) { From = "broker's return" },
        new("kill-database", "SIGKILL of all processes of PostgreSQL, started again after 2 s", KillDatabaseAsync) { From = "database's return" },
        new("stop-database", "`pg_ctl stop -m immediate`, started again after 2 s", StopDatabaseAsync) { From = "database's return" },
        new("pause-silo", "SIGSTOP of one silo for 20 s, then SIGCONT", PauseSiloAsync),
        new("cut-silo", "One silo cut off from everything for 15 s", scene => CutAsync(scene, (silo, _) => scene.Network.CutAsync(silo))) { CutsNetwork = true },
        new("cut-silos", "One silo cut off from the others for 15 s, not from database and broker", scene => CutAsync(scene, scene.Network.CutAsync)) { CutsNetwork = true },
        new("cut-database", "One silo cut off from the database for 15 s, not from the others and the broker", scene => CutAsync(scene, (silo, _) => scene.Network.CutPortAsync(silo, scene.Database.Port))) { CutsNetwork = true },
        new("slow-database", "Every packet to and from the database 200 ms late, for 15 s", SlowDatabaseAsync) { SlowsDatabase = true, From = "end" },
        new("full-disk", "The database's disk full for 10 s", FullDiskAsync) { FillsDisk = true, From = "end" },
        new("clock-jump", "Clocks of all silos a minute ahead for 5 s, and back", ClockJumpAsync) { ChangesClock = true, From = "end" },
        new("rolling-restart", "SIGTERM of one silo after the other", RollingRestartAsync) { Fires = 30, FiresWithin = 75 },
    ];

    /// <exception cref="FormatException">There is none of that name.</exception>
    public static FaultKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new FormatException($"'{name}' is none of {string.Join(", ", All.Select(kind => kind.Name))}");

    private static async Task<DateTimeOffset> KillSiloAsync(Scene scene)
    {
        var (silo, at) = (scene.AnySilo(), scene.Now);
        await silo.KillAsync();
        await scene.PauseAsync(Dead);
        await scene.StartAgainAsync(silo);
        return at;
    }

    private static async Task<DateTimeOffset> KillAllAsync(Scene scene)
    {
        await Task.WhenAll(scene.Cluster.All.Select(silo => silo.KillAsync()));
        await scene.PauseAsync(1);
        var at = scene.Now;
        await scene.StartAgainAsync([.. scene.Cluster.All]);
        return at;
    }

    private static async Task<DateTimeOffset> KillBrokerAsync(Scene scene)
    {
        await scene.Broker.KillAsync();
        await scene.PauseAsync(2);
        await scene.Broker.StartAsync();
        return scene.Now;
    }

    private static async Task<DateTimeOffset> KillDatabaseAsync(Scene scene)
    {
        await scene.Database.KillAsync();
        await scene.PauseAsync(2);
        await scene.Database.StartAsync();
        return scene.Now;
    }

    private static async Task<DateTimeOffset> StopDatabaseAsync(Scene scene)
    {
        await scene.Database.StopAtOnceAsync();
        await scene.PauseAsync(2);
        await scene.Database.StartAsync();
        return scene.Now;
    }

    /// <summary>The others have declared it dead by the time it wakes: it has to see that, and end.</summary>
    private static async Task<DateTimeOffset> PauseSiloAsync(Scene scene)
    {
        var (silo, at) = (scene.AnySilo(), scene.Now);
        await silo.PauseAsync();
        await scene.PauseAsync(20);
        await silo.ContinueAsync();
        await LeaveAsync(scene, silo, "woken");
        return at;
    }

    private static async Task<DateTimeOffset> CutAsync(Scene scene, Func<int, int[], Task> cut)
    {
        var (silo, at) = (scene.AnySilo(), scene.Now);
        await cut(silo.Number, [.. scene.Cluster.All.Select(other => other.Number).Where(other => other != silo.Number)]);
        await scene.PauseAsync(15);
        await scene.Network.MendAsync(silo.Number);
        await LeaveAsync(scene, silo, "joined again");
        return at;
    }

    /// <summary>A silo that was declared dead ends by itself, and a service manager starts it again; one that was not goes on.</summary>
    private static async Task LeaveAsync(Scene scene, Faults.Cluster.SiloProcess silo, string when)
    {
        var mended = scene.Now;
        try
        {
            var code = await silo.EndAsync(TimeSpan.FromSeconds(15));
            scene.Figures.Add(($"ended after it was {when}", scene.Now - mended));
            if (code == 0)
                scene.Complaints.Add($"silo {silo.Number} ended with 0: no service manager would start it again");
            await scene.PauseAsync(2);
            await scene.StartAgainAsync(silo);
        }
        catch (TimeoutException)
        {
            await scene.Cluster.ReadyAsync();
        }
    }

    private static async Task<DateTimeOffset> SlowDatabaseAsync(Scene scene)
    {
        scene.Way!.Delay = TimeSpan.FromMilliseconds(200);
        await scene.PauseAsync(15);
        scene.Way.Delay = TimeSpan.Zero;
        return scene.Now;
    }

    private static async Task<DateTimeOffset> FullDiskAsync(Scene scene)
    {
        await scene.Database.FillDiskAsync();
        await scene.PauseAsync(10);
        await scene.Database.FreeDiskAsync();
        return scene.Now;
    }

    private static async Task<DateTimeOffset> ClockJumpAsync(Scene scene)
    {
        await File.WriteAllTextAsync(scene.Clock!, "+60\n");
        await scene.PauseAsync(5);
        await File.WriteAllTextAsync(scene.Clock!, "+0\n");
        return scene.Now;
    }

    private static async Task<DateTimeOffset> RollingRestartAsync(Scene scene)
    {
        var at = scene.Now;
        foreach (var silo in scene.Cluster.All)
        {
            var told = scene.Now;
            var code = await silo.StopAsync();
            scene.Figures.Add(("stopped within", scene.Now - told));
            if (code != 0)
                scene.Complaints.Add($"silo {silo.Number} ended with {code} when it was told to stop");
            await scene.StartAgainAsync(silo);
            await scene.PauseAsync(LookedAt);
        }

        return at;
    }
}
