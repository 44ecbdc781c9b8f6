using CivicSignals.Ingest.Mqtt.Broker;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

/// <summary>What a broker has for a silo that is away is taken by another.</summary>
public sealed class AbsentSiloTests
{
    private const string Smoke = """{"smoke":true}""";

    [Fact]
    public async Task Kill_OfASiloWithMessagesInItsSession_TheyAreTakenByAnother()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        var dead = await SiloThatDiesAsync(broker, "silo-9");
        var gateway = await broker.ConnectAsync("gw1", "a");
        for (var i = 0; i < 10; i++)
            await gateway.PublishStringAsync($"homes/gw1/z2m/smoke {i}", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        await using var town = await StartAsync(broker, "silo-1");
        Assert.Equal(0, town.Account.Read().Received);

        dead.Dispose(); // No goodbye: the broker says that it has gone.

        await MqttTown.Until(() => town.Account.Read().Evidence == 10, "the ten that lay in the dead silo's session");
        Assert.Equal(10, town.Account.Read().Received);
    }

    [Fact]
    public async Task Stop_ThenStart_ItsShareGoesToAnotherAndComesBack()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        await using var one = await StartAsync(broker, "silo-1");
        var gateway = await broker.ConnectAsync("gw1", "a");
        await using (var other = await StartAsync(broker, "silo-2"))
            await other.StopAsync();

        for (var i = 0; i < 20; i++)
            await gateway.PublishStringAsync($"homes/gw1/z2m/smoke {i}", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        await MqttTown.Until(() => one.Account.Read().Evidence == 20, "all twenty by the one that stayed");

        await using var back = await StartAsync(broker, "silo-2");
        for (var i = 20; i < 40; i++)
            await gateway.PublishStringAsync($"homes/gw1/z2m/smoke {i}", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        // What the broker was just sending as the session changed hands may come twice: to an area it is a repeat.
        await MqttTown.Until(() => one.Areas.Signals.Concat(back.Areas.Signals).Select(signal => signal.Source).Distinct().Count() == 40, "all forty");
        Assert.NotEqual(0, back.Account.Read().Evidence);
    }

    /// <summary>Stands in for a process that hangs: subscribed, with a session, and acknowledging nothing.</summary>
    private static async Task<IMqttClient> SiloThatDiesAsync(TownBroker broker, string session)
    {
        var topic = BrokerPresence.Topic("civic-signals", session);
        var silo = await broker.ConnectAsync(TownBroker.User, TownBroker.Password, options =>
        {
            options.WithClientId(session).WithCleanStart(false).WithSessionExpiryInterval(3600);
            BrokerPresence.AsWill(options, topic);
        });
        silo.ApplicationMessageReceivedAsync += received =>
        {
            received.AutoAcknowledge = false;
            return Task.CompletedTask;
        };
        await silo.SubscribeAsync("$share/civic-signals/homes/#", MqttQualityOfServiceLevel.AtLeastOnce);
        await silo.PublishAsync(BrokerPresence.Greeting(topic));
        return silo;
    }

    private static async Task<MqttTown> StartAsync(TownBroker broker, string session)
    {
        var town = await MqttTown.StartAsync(
            null,
            ("Mqtt:Broker", broker.Address),
            ("Mqtt:BrokerUser", TownBroker.User),
            ("Mqtt:BrokerPassword", TownBroker.Password),
            ("Mqtt:BrokerSession", session));
        await MqttTown.Until(() => town.Services.GetRequiredService<BrokerState>().IsConnected, "the connection to the broker");
        return town;
    }
}
