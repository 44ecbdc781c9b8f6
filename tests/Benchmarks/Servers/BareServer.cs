using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.AspNetCore;

namespace CivicSignals.Benchmarks.Servers;

/// <summary>The same MQTT server on Kestrel, with no work: every message is acknowledged and dropped.</summary>
internal static class BareServer
{
    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMqttServer(options => options.WithoutDefaultEndpoint());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseMqtt()));
        await using var app = builder.Build();
        app.UseMqttServer(server => server.InterceptingPublishAsync += args =>
        {
            args.ProcessPublish = false;
            return Task.CompletedTask;
        });
        await app.RunAsync();
    }
}
