namespace CivicSignals.Silo.Demo;

/// <summary>The <c>demo</c> verb: the platform with the demo town publishing to it.</summary>
public static class DemoWiring
{
    private const int DefaultMqttPort = 1883;

    /// <summary>Adds the town. It publishes to <c>Mqtt:Port</c> on this machine as soon as the platform has started.</summary>
    /// <param name="builder">Where the platform is put together; <c>ILedgerReader</c>, <c>IGrainFactory</c> and <c>TimeProvider</c> come from there.</param>
    /// <param name="secrets">The run's secrets: the platform must know <see cref="TownRegistry.Json"/> of the same.</param>
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder, TownSecrets secrets)
    {
        builder.Services.AddSingleton<ITownWire>(services =>
            new MqttWire(services.GetRequiredService<IConfiguration>().GetValue("Mqtt:Port", DefaultMqttPort), secrets));
        builder.Services.AddSingleton<ITownOperator, LedgerOperator>();
        builder.Services.AddHostedService<TownService>();
        return builder;
    }
}
