namespace CivicSignals.Tests.Integration;

/// <summary>What the platform knew before it was stopped, it knows afterwards.</summary>
[Collection(PlatformCollection.Name)]
public sealed class RestartTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_WithAnOpenAlert_GoesOnWhereItStopped(bool orderly)
    {
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        var control = await town.ControlRoomAsync();
        await home.SmokeAsync();
        await home.HeatAsync();
        var alert = await control.FirstAsync(e => e.Is("alert", "Alert", "ControlRoom"), "the control room's alert");
        var head = town.Ledger.Head();

        if (orderly)
            Assert.Equal(0, await town.StopAsync());
        else
            town.Kill();
        await town.RestartAsync();

        var incident = await town.AskAsync($"/api/incidents/{alert["incident"]}");
        Assert.Equal("Open", incident.GetProperty("stage").GetString());
        await home.ReconnectAsync();
        await home.ComeOnlineAsync();
        await home.SmokeAsync();
        await home.HeatAsync();
        Assert.Equal(head, town.Ledger.Head());

        var resumed = await town.ControlRoomAsync(after: alert.Id);
        await (await town.GatewayAsync("gw2")).SmokeAsync();
        var update = await resumed.FirstAsync(e => e.Is("alert", "Update", "ControlRoom"), "the update");
        Assert.Equal((alert["id"], "2"), (update["id"], update["version"]));
        Assert.All(resumed.Events, e => Assert.True(e.Id > alert.Id));
        Assert.Equal(2, incident.GetProperty("evidence").GetArrayLength());
    }

    [Fact]
    public async Task Kill_ThenAnAlarmOfAGatewayThatComesOnlineAgain_OpensAnIncident()
    {
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        await home.SmokeAsync(false);

        town.Kill();
        await town.RestartAsync();
        await home.ReconnectAsync();
        await home.ComeOnlineAsync(); // zigbee2mqtt says so at each new connection.
        await home.SmokeAsync();

        Assert.Single(town.Ledger.Read(1));
    }
}
