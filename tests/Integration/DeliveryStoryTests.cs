using System.Text.Json;
using CivicSignals.Tests.Dashboard.Deliveries;

namespace CivicSignals.Tests.Integration;

/// <summary>What vehicles share reaches people in the networks where they are.</summary>
[Collection(PlatformCollection.Name)]
public sealed class DeliveryStoryTests
{
    private const double Lat = 53.0551;
    private const double Lon = -2.9812;

    [Fact]
    public async Task Accident_OfVehicles_IsOnePostOnEachNetworkEditedInPlaceAcrossAKill()
    {
        await using var mastodon = await MastodonServer.StartAsync(TimeProvider.System);
        await using var bluesky = await BlueskyServer.StartAsync(TimeProvider.System);
        await using var town = await Town.StartAsync(
            null,
            "--Http:PublicUrl", "https://signals.example",
            "--Deliveries:Mastodon:0:Url", mastodon.Address,
            "--Deliveries:Mastodon:0:AccessToken", MastodonServer.Token,
            "--Deliveries:Mastodon:0:Neighbourhoods", TownPlan.Slug,
            "--Deliveries:Bluesky:0:Url", bluesky.Address,
            "--Deliveries:Bluesky:0:Handle", BlueskyServer.Handle,
            "--Deliveries:Bluesky:0:AppPassword", BlueskyServer.Password);
        await Patience.Until(() => Task.FromResult(mastodon.Requests.Count > 0 && bluesky.SignIns > 0), "both sign-ins");
        var first = await town.VehicleAsync("car1", 101);
        var second = await town.VehicleAsync("car2", 102);
        var third = await town.VehicleAsync("car3", 103);

        await first.AccidentAsync(Lat, Lon);
        await second.AccidentAsync(Lat + 0.0003, Lon);
        await ShowsAsync(mastodon, bluesky, "\nSent at ");
        Assert.StartsWith($"Road crash in {TownPlan.Neighbourhood}: ", mastodon.Statuses[0].Text, StringComparison.Ordinal);

        mastodon.Fail(Fault.Silent);
        bluesky.Fail(Fault.Silent);
        await third.AccidentAsync(Lat, Lon + 0.0003);
        await mastodon.SilentAsync();
        await bluesky.SilentAsync();
        town.Kill();
        await town.RestartAsync();
        await ShowsAsync(mastodon, bluesky, "\nUpdated at ");

        await (await town.VehicleAsync("car1", 101)).AccidentAsync(Lat, Lon, ends: true);
        await (await town.VehicleAsync("car2", 102)).AccidentAsync(Lat + 0.0003, Lon, ends: true);
        await (await town.VehicleAsync("car3", 103)).AccidentAsync(Lat, Lon + 0.0003, ends: true);
        await ShowsAsync(mastodon, bluesky, ": over, all clear\nEnded at ");

        Assert.Equal(1, mastodon.Made);
        Assert.Equal(mastodon.Statuses[0].Text, Text(Assert.Single(bluesky.Posts)));
        await Patience.Until(() => Task.FromResult(bluesky.Replies.Count == 1), "the reply");
        Assert.EndsWith(": over, all clear", Text(bluesky.Replies[0]), StringComparison.Ordinal);
        await AssertOperatorsSeeItAsync(town, mastodon);
    }

    private static Task ShowsAsync(MastodonServer mastodon, BlueskyServer bluesky, string words) => Patience.Until(
        () => Task.FromResult(
            mastodon.Statuses is [var status] && status.Text.Contains(words, StringComparison.Ordinal)
            && bluesky.Posts is [var post] && Text(post).Contains(words, StringComparison.Ordinal)),
        words);

    private static async Task AssertOperatorsSeeItAsync(Town town, MastodonServer mastodon)
    {
        var target = $"mastodon/{new Uri(mastodon.Address).Authority}";
        await town.OperationsPageAsync($"<code>{target}</code>");
        var metrics = await town.ExposedAsync();
        foreach (var name in (ReadOnlySpan<string>)["civicsignals_deliveries_total", "civicsignals_deliveries_waiting", "civicsignals_deliveries_oldest_seconds"])
            Assert.Contains(metrics.Split('\n'), line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains($"target=\"{target}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(MastodonServer.Token, town.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(BlueskyServer.Password, town.Said, StringComparison.Ordinal);
    }

    private static string Text(KeyValuePair<string, JsonElement> record) => record.Value.GetProperty("text").GetString()!;
}
