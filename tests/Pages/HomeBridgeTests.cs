using System.Diagnostics;
using CivicSignals.Dashboard.Homes;
using CivicSignals.Tests.Ingest;
using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Pages;

/// <summary>The bridge that people are handed, in a real Mosquitto. Where there is none each test is skipped by name.</summary>
public sealed class HomeBridgeTests : IAsyncDisposable
{
    private const string Mosquitto = "/usr/sbin/mosquitto";
    private const string Client = "/usr/bin/mosquitto_pub";

    private const string Devices = """
        [{"ieee_address":"0x00158d0003abcdef","type":"EndDevice","friendly_name":"upstairs/hall smoke","definition":{"model":"X","exposes":[
          {"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false}]}}]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("civic-bridge-");
    private Process? _broker;

    private string Socket => Path.Combine(_folder.FullName, "home.sock");

    [Fact]
    public async Task Bridge_AsHandedOut_DeliversASmokeAlarmAndNothingElse()
    {
        SkipWithoutMosquitto();
        await using var town = await MqttTown.StartAsync();
        await StartBrokerAsync(town.Port);
        await PublishAsync("owntracks/ann/phone", """{"lat":53}""");
        await PublishAsync("zigbee2mqtt/bridge/devices", Devices, "-r");
        await PublishAsync("zigbee2mqtt/upstairs/hall smoke", """{"smoke":false}""");
        await PublishAsync("zigbee2mqtt/upstairs/hall smoke", """{"smoke":true}""");

        await MqttTown.Until(() => town.Areas.Signals.Any(signal => signal.Active), "the smoke alarm");
        var smoke = town.Areas.Signals.Single(signal => signal.Active);
        Assert.Equal("fire.smoke", smoke.Kind);
        Assert.Equal("homes/gw1/0x00158d0003abcdef", smoke.Source);
        Assert.False(smoke.SinceUnknown);
        Assert.DoesNotContain(town.Letters.Newest(100), letter => letter.Topic.Contains("owntracks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bridge_WhileThePlatformIsDown_KeepsWhatItCouldNotSend()
    {
        SkipWithoutMosquitto();
        var port = PlatformProcess.FreePort();
        var before = await MqttTown.StartAsync(null, ("Mqtt:Port", $"{port}"));
        await StartBrokerAsync(port);
        await PublishAsync("zigbee2mqtt/bridge/devices", Devices, "-r");
        await PublishAsync("zigbee2mqtt/upstairs/hall smoke", """{"smoke":false}""");
        await MqttTown.Until(() => before.Account.Read() is { Received: >= 2, InFlight: 0 }, "the bridge");
        await before.StopAsync();
        await before.DisposeAsync();

        for (var i = 0; i < 20; i++)
            await PublishAsync($"zigbee2mqtt/alarm {i}", """{"smoke":true}""");
        await using var after = await MqttTown.StartAsync(null, ("Mqtt:Port", $"{port}"));

        // What the first platform did not acknowledge in time comes again too.
        await MqttTown.Until(
            () => after.Areas.Signals.Where(signal => signal.Source.StartsWith("homes/gw1/alarm ", StringComparison.Ordinal)).DistinctBy(signal => signal.Source).Count() == 20,
            "what was kept");
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            _broker.Kill();
            await _broker.WaitForExitAsync();
            _broker.Dispose();
        }

        _folder.Delete(true);
    }

    private static void SkipWithoutMosquitto() => Assert.SkipUnless(File.Exists(Mosquitto) && File.Exists(Client), $"no {Mosquitto} or no {Client}");

    private async Task StartBrokerAsync(int port)
    {
        var file = Path.Combine(_folder.FullName, "mosquitto.conf");
        var bridge = GatewaySnippets.Mosquitto(new("127.0.0.1", port, false), "gw1", "s-gw1");
        await File.WriteAllTextAsync(file, $"user {Environment.UserName}\nallow_anonymous true\nlistener 0 {Socket}\n{bridge}restart_timeout 1\n");
        _broker = Process.Start(new ProcessStartInfo(Mosquitto, ["-c", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _broker.BeginErrorReadLine();
        _broker.BeginOutputReadLine();
        await MqttTown.Until(() => File.Exists(Socket) || _broker.HasExited, "Mosquitto");
        Assert.False(_broker.HasExited, "Mosquitto refused its configuration");
    }

    private async Task PublishAsync(string topic, string payload, params string[] options)
    {
        using var client = Process.Start(Client, ["--unix", Socket, "-q", "0", "-t", topic, "-m", payload, .. options]);
        await client.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, client.ExitCode);
    }
}
