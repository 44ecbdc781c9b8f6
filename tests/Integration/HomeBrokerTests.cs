using System.Net.Http.Json;
using System.Text.Json;
using CivicSignals.Dashboard.Homes;

namespace CivicSignals.Tests.Integration;

/// <summary>A home that has a broker of its own, and pastes what the platform hands out.</summary>
[Collection(PlatformCollection.Name)]
public sealed class HomeBrokerTests
{
    private static readonly string[] Consents = ["fire"];

    /// <summary>A bridge tries again after a while that it chooses itself.</summary>
    private static readonly TimeSpan Reconnection = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Bridge_SmokeAlarm_ArrivesAndWhatWasSaidWhileThePlatformWasDownArrivesToo()
    {
        await using var town = await Town.StartAsync();
        using var answer = await town.Http.PostAsJsonAsync("/api/home/sign-up", new { lat = 53.046811, lon = -2.992777, consents = Consents });
        var home = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var gateway = home.GetProperty("home").GetProperty("gateway").GetString()!;
        var secret = home.GetProperty("mqttSecret").GetString()!;
        await town.AdmitAsync(gateway, secret);
        await using var broker = await HomeBroker.StartAsync(GatewaySnippets.Mosquitto(new GatewayAddress("127.0.0.1", town.MqttPort, false), gateway, secret));
        var control = await town.ControlRoomAsync();

        await broker.SayAsync("zigbee2mqtt/bridge/devices", """
            [{"ieee_address":"0x01","friendly_name":"hall smoke","definition":{"model":"SD1","exposes":[{"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false}]}},
             {"ieee_address":"0x02","friendly_name":"boiler co","definition":{"model":"CO1","exposes":[{"type":"binary","property":"carbon_monoxide","access":1,"value_on":true,"value_off":false}]}}]
            """, retain: true);
        await town.TakenAsync($"homes/{gateway}/zigbee2mqtt/bridge/devices"); // Of two messages that come at once, silos may read the second first: decision 17.
        await broker.SayAsync("zigbee2mqtt/hall smoke", """{"smoke":true,"battery":97}""");

        var incident = await control.FirstAsync(e => e.Is("incident"), "the incident of the bridged alarm");
        Assert.Equal($"homes/{gateway}/0x01", incident.Body.GetProperty("evidence")[0].GetProperty("source").GetString());

        town.Kill();
        await broker.SayAsync("zigbee2mqtt/boiler co", """{"carbon_monoxide":true,"battery":90}""");
        await town.RestartAsync();

        var again = await town.ControlRoomAsync();
        await Patience.Until(
            () => Task.FromResult(again.Events.Any(e => e.Is("alert", "Alert", "ControlRoom") && e.Body.GetProperty("confirmed").GetBoolean())),
            "the alert of what was said while the platform was down",
            Reconnection);
    }
}
