using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Serves until it is told to stop.</summary>
internal sealed class ServeVerb : IVerb
{
    public string Name => "";

    public string Usage => "";

    public string Summary => "serve: pages and API over HTTP, devices over MQTT";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var configuration = Arguments.Parse(arguments).WithoutOperands().Configuration;
        await using var app = await Platform.OpenAsync(configuration);
        await ServeAsync(app, output);
        return 0;
    }

    /// <summary>Starts, says where everything is, and serves until it is told to stop.</summary>
    public static async Task ServeAsync(WebApplication app, TextWriter output)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception e)
        {
            // What has started by then is stopped in order. Told to stop while it starts, it has done as told.
            var told = e is OperationCanceledException or OrleansLifecycleCanceledException
                && app.Lifetime.ApplicationStopping.IsCancellationRequested;
            await StopWhatStartedAsync(app);
            if (told)
                return;
            throw;
        }

        await GreetAsync(app, output);
        await app.WaitForShutdownAsync();
    }

    private static async Task StopWhatStartedAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception e)
        {
            // A silo that never ran refuses to be stopped; the failure of the start is what matters.
            app.Services.GetRequiredService<ILogger<ServeVerb>>().HalfStartedNotStopped(e);
        }
    }

    private static async Task GreetAsync(WebApplication app, TextWriter output)
    {
        var http = $"http://localhost:{app.HttpPort()}";
        var mqtt = app.Configuration["Mqtt:Broker"] is { Length: > 0 } broker ? $"through {broker}" : $"on port {app.Configuration["Mqtt:Port"] ?? "1883"}";
        var data = Path.GetFullPath(app.Services.GetRequiredService<IOptions<DataOptions>>().Value.Path);
        await output.WriteLineAsync($"""
            Civic Signals is running. Ctrl+C stops it.
              control room    {http}/control
              neighbourhoods  {http}/
              devices         MQTT {mqtt}
              data            {data}
            """);
    }
}
