using System.Text.Json;

namespace CivicSignals.Tests.Integration;

/// <summary>SIGKILL at any moment loses nothing that was acknowledged, no alert, and doubles none.</summary>
[Collection(PlatformCollection.Name)]
public sealed class KillTests
{
    private static readonly int Kills = FullSize.Or(8, full: 20);
    private const int KillsPerKilledStart = 4;
    private const int Restless = 4;
    private const int MostMillisecondsUntilKill = 1500;
    private static readonly TimeSpan InTotal = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task Kill_AgainAndAgainUnderLoad_LosesAndDoublesNothing()
    {
        await using var town = await Town.StartAsync(TownPlan.Scattered(Restless + Kills));
        using var given = new CancellationTokenSource(InTotal);
        using var stop = new CancellationTokenSource();
        var homes = await Task.WhenAll(Enumerable.Range(1, Restless).Select(n => town.RestlessHomeAsync($"gw{n}")));
        var fires = await Task.WhenAll(Enumerable.Range(Restless + 1, Kills).Select(n => town.GatewayAsync($"gw{n}")));
        var living = homes.Select(home => home.LiveAsync(stop.Token, given.Token)).ToList();
        var burning = new List<Task>();
        var moments = new Random(20260110);

        foreach (var fire in fires)
        {
            var life = TimeSpan.FromMilliseconds(moments.Next(MostMillisecondsUntilKill));
            var alight = TimeSpan.FromMilliseconds(moments.Next(MostMillisecondsUntilKill));
            burning.Add(Task.Delay(alight, given.Token).ContinueWith(_ => fire.BurnAsync(given.Token), given.Token, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap());
            await Task.Delay(life, given.Token);
            town.Kill();
            if (burning.Count % KillsPerKilledStart == 0)
            {
                // Killed again while it starts, at any moment of it.
                town.Begin();
                await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(MostMillisecondsUntilKill)), given.Token);
                town.Kill();
            }

            await town.RestartAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll([.. living, .. burning]);
        var scrape = await town.MetricsAsync();
        Assert.Equal(scrape.Received, scrape.Settled);
        town.Kill();

        AssertAllAcknowledgedIsThere(town, homes);
        AssertOneIncidentAndOneAlertPerFire(town);
    }

    private static void AssertAllAcknowledgedIsThere(Town town, IEnumerable<RestlessHome> homes)
    {
        var kept = town.Ledger.Read(1).Select(entry => (Text(entry.Body, "source"), Text(entry.Body, "event"), Text(entry.Body, "clearedAt") is not null)).ToHashSet();
        var acknowledged = homes.SelectMany(home => home.Acknowledged).ToList();
        Assert.True(acknowledged.Count > Kills, $"only {acknowledged.Count} messages were acknowledged: that was no load");
        Assert.DoesNotContain(acknowledged, message => !kept.Contains((message.Source, message.Event, message.Ended)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} observations were acknowledged and are all in the ledger");
    }

    private static void AssertOneIncidentAndOneAlertPerFire(Town town)
    {
        var fires = town.Ledger.Read(1)
            .GroupBy(entry => Text(entry.Body, "premises")!, entry => entry.Incident)
            .ToDictionary(home => home.Key, home => Assert.Single(home.Distinct()));
        Assert.Equal(Restless + Kills, fires.Count);
        Assert.Equal(fires.Values.Order(), town.Ledger.Read(2).Select(entry => entry.Incident).Distinct().Order());

        var alerts = town.Ledger.Read(3)
            .Where(entry => Text(entry.Body, "audience") == "ControlRoom")
            .GroupBy(entry => entry.Incident)
            .ToDictionary(incident => incident.Key, incident => incident.Select(entry => entry.Body).ToList());
        Assert.Equal(fires.Values.Order(), alerts.Keys.Order());
        Assert.All(alerts.Values, versions =>
        {
            Assert.Single(versions.Select(alert => Text(alert, "id")).Distinct());
            Assert.Equal(Enumerable.Range(1, versions.Count), versions.Select(alert => alert.GetProperty("version").GetInt32()));
            Assert.Equal(1, versions.Count(alert => Text(alert, "msgType") == "Alert"));
        });
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var member) ? member.GetString() : null;
}
