using System.Diagnostics;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Integration;

/// <summary>A real Mosquitto as it stands in homes, with the bridge that the platform hands out; skips its test where there is none.</summary>
internal sealed class HomeBroker : IAsyncDisposable
{
    private static readonly string[] Programs = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];

    private readonly string _folder;
    private readonly Process _process;
    private readonly IMqttClient _devices;

    private HomeBroker(string folder, Process process, IMqttClient devices) => (_folder, _process, _devices) = (folder, process, devices);

    /// <param name="bridge">The snippet.</param>
    public static async Task<HomeBroker> StartAsync(string bridge)
    {
        var program = Array.Find(Programs, File.Exists);
        Assert.SkipWhen(program is null, "mosquitto is not installed");
        var folder = Directory.CreateTempSubdirectory("civic-mosquitto-").FullName;
        var port = PlatformProcess.FreePort();
        var configuration = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence false
            log_dest none

            {bridge}
            """);
        var process = Process.Start(new ProcessStartInfo(program!, ["-c", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("mosquitto did not start");
        var devices = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("zigbee2mqtt").Build();
        await Patience.Until(() => TryConnectAsync(devices, options), "mosquitto", Patience.Start);
        return new HomeBroker(folder, process, devices);
    }

    /// <summary>Says something as zigbee2mqtt does by default: without asking for a receipt.</summary>
    public Task SayAsync(string topic, string payload, bool retain = false) =>
        _devices.PublishStringAsync(topic, payload, MqttQualityOfServiceLevel.AtMostOnce, retain);

    public async ValueTask DisposeAsync()
    {
        _devices.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> TryConnectAsync(IMqttClient client, MqttClientOptions options)
    {
        try
        {
            await client.ConnectAsync(options);
            return true;
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException)
        {
            return false;
        }
    }
}
