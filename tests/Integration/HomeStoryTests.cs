using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CivicSignals.Tests.Integration;

/// <summary>A home signs up, is heard, alerts, withdraws its consent and is forgotten.</summary>
[Collection(PlatformCollection.Name)]
public sealed class HomeStoryTests
{
    private const double Lat = 53.046811;
    private const double Lon = -2.992777;

    private static readonly string[] FireAndPublic = ["fire", "public"];
    private static readonly string[] PublicOnly = ["public"];

    [Fact]
    public async Task Home_FromSignUpToErasure_IsHeardThenSilentThenGone()
    {
        await using var town = await Town.StartAsync();
        var control = await town.ControlRoomAsync();
        using var operators = new HttpClient { BaseAddress = town.Http.BaseAddress };
        operators.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await town.TokenAsync("operator"));

        var home = await AnswerAsync(await town.Http.PostAsJsonAsync("/api/home/sign-up", new { lat = Lat, lon = Lon, consents = FireAndPublic }));
        var gateway = home.GetProperty("home").GetProperty("gateway").GetString()!;
        var premises = home.GetProperty("home").GetProperty("premises").GetString()!;
        var secret = home.GetProperty("mqttSecret").GetString()!;
        await town.AdmitAsync(gateway, secret);
        var bridge = await town.GuestAsync(gateway, secret);
        await SayAsync(bridge, gateway, "hall smoke", """{"smoke":true}""");
        await SayAsync(bridge, gateway, "boiler co", """{"carbon_monoxide":true}""");
        var alert = await control.FirstAsync(e => e.Is("alert", "Alert", "ControlRoom"), "the control room's alert");

        await AnswerAsync(await operators.PutAsJsonAsync($"/api/homes/{gateway}/consents", new { consents = PublicOnly }));
        var cancel = await control.FirstAsync(e => e.Is("alert", "Cancel", "ControlRoom"), "its withdrawal");
        Assert.Equal((alert["id"], "Withdrawn"), (cancel["id"], cancel["ended"]));
        await SayAsync(bridge, gateway, "attic smoke", """{"smoke":true}""");
        var export = await operators.GetStringAsync($"/api/homes/{gateway}/export");
        Assert.Contains("attic smoke", export, StringComparison.Ordinal);
        Assert.NotEmpty(town.Ledger.Naming(gateway, premises, "2.992777"));

        var erased = await AnswerAsync(await operators.DeleteAsync($"/api/homes/{gateway}"));

        Assert.True(erased.GetProperty("entries").GetInt32() > 0);
        Assert.Empty(town.Ledger.Naming(gateway, premises, "2.992777"));
        await town.DismissAsync(gateway);
        await Patience.Until(() => Task.FromResult(!bridge.IsConnected), "the end of the connection");
        Assert.Equal(2, control.Events.Count(e => e.Is("alert", null, "ControlRoom")));
        var incident = await town.AskAsync($"/api/incidents/{alert["incident"]}");
        Assert.Equal(3, incident.GetProperty("evidence").GetArrayLength());

        town.Kill();
        await town.RestartAsync();
        Assert.Empty(town.Ledger.Naming(gateway, premises, "2.992777"));
        using var gone = await operators.GetAsync($"/api/homes/{gateway}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var known = await operators.GetAsync("/api/homes/gw1");
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    private static async Task SayAsync(MqttGuest bridge, string gateway, string device, string state) =>
        await bridge.SendAsync($"homes/{gateway}/zigbee2mqtt/{device}", Encoding.UTF8.GetBytes(state));

    private static async Task<JsonElement> AnswerAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
