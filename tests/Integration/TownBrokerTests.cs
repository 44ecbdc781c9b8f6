using System.Net;
using System.Text;

namespace CivicSignals.Tests.Integration;

/// <summary>The real program, alone, on a real Mosquitto.</summary>
[Collection(PlatformCollection.Name)]
public sealed class TownBrokerTests
{
    private const string Topic = "homes/gw1/z2m/hall smoke";

    private static readonly ReadOnlyMemory<byte> Smoke = Encoding.UTF8.GetBytes(Zigbee2Mqtt.SmokeState(true));

    [Fact]
    public async Task Publish_SmokeAlarm_BecomesAnIncidentAndWhatWasSaidWhileThePlatformWasDeadArrivesToo()
    {
        await using var broker = await TownBroker.StartAsync([.. Gateways()]);
        await using var town = await Town.StartAsync(TownKind.Embedded, null, Settings(broker));
        await using var home = await MqttGuest.ConnectAsync(broker.Port, "gw1");
        var control = await town.ControlRoomAsync();

        await home.SendAsync(Topic, Smoke);
        var incident = await control.FirstAsync(e => e.Is("incident"), "the incident");
        Assert.Equal("homes/gw1/hall smoke", incident.Body.GetProperty("evidence")[0].GetProperty("source").GetString());

        town.Kill();
        await using var far = await MqttGuest.ConnectAsync(broker.Port, "gw3");
        await far.SendAsync("homes/gw3/z2m/hall smoke", Smoke);
        await town.RestartAsync();

        var again = await town.ControlRoomAsync();
        await again.FirstAsync(
            e => e.Is("incident") && e.Body.GetProperty("evidence")[0].GetProperty("source").GetString() == "homes/gw3/hall smoke",
            "the incident of what was said while the platform was dead");
    }

    [Fact]
    public async Task Kill_OfTheBroker_IsNotReadyUntilItIsBackAndLosesNothing()
    {
        await using var broker = await TownBroker.StartAsync([.. Gateways()]);
        await using var town = await Town.StartAsync(TownKind.Embedded, null, Settings(broker));

        broker.Kill();
        await Patience.Until(async () => await StatusAsync(town) == HttpStatusCode.ServiceUnavailable, "red readiness");
        await Patience.Until(() => Task.FromResult(town.Said.Contains("No connection to the MQTT broker", StringComparison.Ordinal)), "the log says so");
        Assert.Contains("civicsignals_mqtt_broker_connected 0", Plain(await town.Http.GetStringAsync("/metrics")), StringComparison.Ordinal);
        await broker.RestartAsync();
        await Patience.Until(async () => await StatusAsync(town) == HttpStatusCode.OK, "green readiness");

        await using var home = await MqttGuest.ConnectAsync(broker.Port, "gw1");
        await home.SendAsync(Topic, Smoke);
        var control = await town.ControlRoomAsync();
        await control.FirstAsync(e => e.Is("incident"), "the incident");
        Assert.Contains("civicsignals_mqtt_broker_connected 1", Plain(await town.Http.GetStringAsync("/metrics")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongPassword_StaysUpNotReadyAndSaysWhy()
    {
        await using var broker = await TownBroker.StartAsync();
        var (http, data) = (PlatformProcess.FreePort(), Directory.CreateTempSubdirectory("civic-broker-data-").FullName);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        using (var platform = PlatformProcess.Start(
            "--Http:Port", $"{http}", "--Data:Path", data, "--Mqtt:Broker", broker.Address, "--Mqtt:BrokerUser", TownBroker.User, "--Mqtt:BrokerPassword", "wrong-one"))
        {
            await Patience.Until(() => Task.FromResult(platform.Said.Contains("Mqtt:BrokerPassword", StringComparison.Ordinal)), "the reason in the log", Patience.Start);
            await Patience.Until(async () => await IsAliveAsync(client), "/health/live", Patience.Start);

            using var ready = await client.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.False(platform.HasExited);
            Assert.DoesNotContain("wrong-one", platform.Said, StringComparison.Ordinal);
        }

        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData("Mqtt:Broker", "broker.example:1883")]
    [InlineData("Mqtt:BrokerReceiveMaximum", "70000")]
    [InlineData("Mqtt:BrokerAuthority", "/no/such/authority.pem")]
    public async Task Start_WrongValue_IsOneLineThatNamesTheKeyAndAnExitCode(string key, string value)
    {
        var settings = new Dictionary<string, string> { ["Mqtt:Broker"] = "mqtts://127.0.0.1:1", ["Http:Port"] = "0", ["Data:Path"] = Path.Combine(Path.GetTempPath(), "civic-never-made"), [key] = value };

        var (code, _, errors) = await PlatformProcess.RunAsync([.. settings.SelectMany(pair => new[] { $"--{pair.Key}", pair.Value })]);

        Assert.Equal(1, code);
        Assert.Contains(key, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string)> Gateways() => TownPlan.Street.Homes.Select(home => (home.Gateway, TownPlan.SecretOf(home.Gateway)));

    private static string[] Settings(TownBroker broker) =>
        ["--Mqtt:Broker", broker.Address, "--Mqtt:BrokerUser", TownBroker.User, "--Mqtt:BrokerPassword", TownBroker.Password, "--Mqtt:BrokerSession", "silo-1"];

    private static async Task<HttpStatusCode> StatusAsync(Town town)
    {
        using var answer = await town.Http.GetAsync("/health/ready");
        return answer.StatusCode;
    }

    /// <summary>A scrape without labels and times.</summary>
    private static string Plain(string metrics) => string.Join('\n', metrics.Split('\n').Select(line =>
        line.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && line.IndexOf('}', open) is >= 0 and var close ? line[..open] + line[(close + 1)..] : line));

    private static async Task<bool> IsAliveAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
