using CivicSignals.Dashboard.Homes;
using CivicSignals.Tests.Ingest;
using CivicSignals.Tests.Integration;

namespace CivicSignals.Tests.Pages;

/// <summary>The bridge that people are handed, in a real Mosquitto. Where there is none each test is skipped by name.</summary>
public sealed class HomeBridgeTests
{
    private const string Devices = """
        [{"ieee_address":"0x00158d0003abcdef","type":"EndDevice","friendly_name":"upstairs/hall smoke","definition":{"model":"X","exposes":[
          {"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false}]}}]
        """;

    [Fact]
    public async Task Bridge_AsHandedOut_DeliversASmokeAlarmAndNothingElse()
    {
        await using var town = await MqttTown.StartAsync();
        await using var broker = await StartBrokerAsync(town.Port);
        await broker.SayAsync("owntracks/ann/phone", """{"lat":53}""");
        await broker.SayAsync("zigbee2mqtt/bridge/devices", Devices, retain: true);
        await broker.SayAsync("zigbee2mqtt/upstairs/hall smoke", """{"smoke":false}""");
        await broker.SayAsync("zigbee2mqtt/upstairs/hall smoke", """{"smoke":true}""");

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
        var port = PlatformProcess.FreePort();
        var before = await MqttTown.StartAsync(null, ("Mqtt:Port", $"{port}"));
        await using var broker = await StartBrokerAsync(port);
        await broker.SayAsync("zigbee2mqtt/bridge/devices", Devices, retain: true);
        await MqttTown.Until(() => before.Account.Read().Received > 0, "the bridge");
        await before.StopAsync();
        await before.DisposeAsync();

        for (var i = 0; i < 20; i++)
            await broker.SayAsync($"zigbee2mqtt/alarm {i}", """{"smoke":true}""");
        await using var after = await MqttTown.StartAsync(null, ("Mqtt:Port", $"{port}"));

        await MqttTown.Until(
            () => after.Areas.Signals.Where(signal => signal.Source.StartsWith("homes/gw1/alarm ", StringComparison.Ordinal)).DistinctBy(signal => signal.Source).Count() == 20,
            "what was kept");
    }

    /// <summary>It tries again after a second, where it would take its time otherwise.</summary>
    private static Task<HomeBroker> StartBrokerAsync(int port) =>
        HomeBroker.StartAsync(GatewaySnippets.Mosquitto(new("127.0.0.1", port, false), "gw1", "s-gw1") + "restart_timeout 1\n");
}
