using CivicSignals.Ingest.Registration;
using CivicSignals.Silo.CommandLine;
using CivicSignals.Silo.Hosting;

namespace CivicSignals.Silo.Demo;

/// <summary>Serves with the demo town publishing to it.</summary>
internal sealed class DemoVerb : IVerb
{
    public string Name => "demo";

    public string Usage => "";

    public string Summary => "serve, with a simulated town publishing over MQTT";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var configuration = Arguments.Parse(arguments).WithoutOperands().Configuration;
        var secrets = new TownSecrets();
        await using var app = await Platform.OpenAsync(configuration, builder =>
        {
            builder.Services.AddSingleton(new RegistrySeed(TownRegistry.Json(secrets)));
            builder.AddDemo(secrets);
        });
        await ServeVerb.ServeAsync(app, output);
        return 0;
    }
}
