using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Duties;
using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Silos;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Silo.Hosting.Cluster;

public sealed class ClusterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Home_ThatSpeaksToBothSilos_IsOneHomeAndOneIncident()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        await cluster.PublishAsync(0, "gw1", "zigbee2mqtt/hall smoke", """{"smoke":true}""");
        await cluster.PublishAsync(1, "gw1", "zigbee2mqtt/kitchen co", """{"carbon_monoxide":true}""");

        var incident = Assert.Single((await cluster.GetAsync(0, "/api/incidents")).GetProperty("items").EnumerateArray());
        Assert.Equal("two-kinds", incident.GetProperty("confirmation").GetProperty("rule").GetString());
        Assert.Equal(2, incident.GetProperty("evidence").GetArrayLength());
        Assert.Equal(incident.GetRawText(), Assert.Single((await cluster.GetAsync(1, "/api/incidents")).GetProperty("items").EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task Device_ThatSpeaksToOneSiloThenTheOther_IsUnderstoodByWhatItSaidToTheFirst()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        for (var alarm = 0; alarm < 3; alarm++)
        {
            // "No smoke" is news to the silo that hears it only if it knows of the smoke that the other one heard.
            await cluster.PublishAsync(alarm % 2, "gw1", "zigbee2mqtt/hall smoke", """{"smoke":true}""");
            await cluster.PublishAsync((alarm + 1) % 2, "gw1", "zigbee2mqtt/hall smoke", """{"smoke":false}""");
        }

        var ledger = cluster.Silos[0].App.Services.GetRequiredService<ILedgerReader>();
        var said = (await ledger.ReadAsync(0, TailScope.Everything, 100, Cancellation)).Where(entry => entry.Type == EntryType.Evidence).ToList();
        Assert.Equal([false, true, false, true, false, true], said.Select(entry => JsonElement.Parse(entry.Body.Span).TryGetProperty("clearedAt", out _)));
    }

    [Fact]
    public async Task Homes_ChangedOnOneSilo_AreSoOnTheOther()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        var (here, there) = (cluster.Silos[0].App.Services.GetRequiredService<IHomes>(), cluster.Silos[1].App.Services.GetRequiredService<IHomes>());
        await here.ConsentAsync("gw1", Consents.Fire, Cancellation);
        await Patience.Until(async () => (await there.FindAsync("gw1", Cancellation))?.Consents == Consents.Fire, "consents on the other silo");

        Assert.NotNull(await here.EraseAsync("gw1", Cancellation));
        await Patience.Until(async () => await there.FindAsync("gw1", Cancellation) is null, "the erasure on the other silo");
    }

    [Fact]
    public async Task User_IsMadeOnce_AndSignsInEverywhere()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        var users = cluster.Silos[1].App.Services.GetRequiredService<IUserStore>();
        Assert.NotNull(await users.FindAsync("ann", Cancellation));
        Assert.Equal(JsonValueKind.Array, (await cluster.GetAsync(1, "/api/incidents")).GetProperty("items").ValueKind); // By the other silo's token.
    }

    [Fact]
    public async Task Board_ShowsBothSilosAndOneHolderOfEachDuty()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        var board = cluster.Silos[0].App.Services.GetRequiredService<IGrainFactory>().GetGrain<ISiloBoard>(0);
        IReadOnlyList<SiloReport> reports = [];
        await Patience.Until(async () => (reports = await board.ReadAsync(Cancellation)).SelectMany(report => report.Duties).Count() == 2 && reports.Count == 2, "both silos' reports");
        Assert.Equal(["area-clock", "keeping"], reports.SelectMany(report => report.Duties).Order());
        var held = cluster.Silos.Select(silo => silo.App.Services.GetRequiredService<IDuties>().Held).ToList();
        Assert.Empty(held[0].Intersect(held[1]));
    }

    [Fact]
    public async Task Alert_CommittedOnOneSilo_ReachesTheOthersLiveStream()
    {
        await using var cluster = await TwoSilos.StartAsync("gw1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/incidents/stream");
        request.Headers.Authorization = new("Bearer", cluster.Silos[0].App.Services.GetRequiredService<AccessTokens>().Issue("me", ["control-room"]));
        using var response = await cluster.Silos[1].Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        await cluster.PublishAsync(0, "gw1", "zigbee2mqtt/hall smoke", """{"smoke":true}""");
        await cluster.PublishAsync(0, "gw1", "zigbee2mqtt/kitchen co", """{"carbon_monoxide":true}""");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        enough.CancelAfter(Patience.Answer);
        while (await reader.ReadLineAsync(enough.Token) is { } line)
        {
            if (line == "event: alert")
                return;
        }

        Assert.Fail("the stream ended without an alert");
    }
}
