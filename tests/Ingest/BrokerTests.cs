using System.Collections.Concurrent;
using CivicSignals.Areas;
using CivicSignals.Ingest.Mqtt.Broker;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

/// <summary>The platform on a real Mosquitto, with fake areas behind it.</summary>
public sealed class BrokerTests
{
    private const string Smoke = """{"smoke":true}""";

    [Fact]
    public async Task Publish_ByHomeVehicleAndSource_ReachesTheAreas()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"), ("v1", "b"), ("s1", "c"));
        await using var town = await StartAsync(broker);

        await SayAsync(await broker.ConnectAsync("gw1", "a"), "homes/gw1/z2m/hall smoke", Smoke);
        await SayAsync(await broker.ConnectAsync("v1", "b"), "vehicles/v1/events", """{"kind":"road.obstacle","lat":53.05,"lon":-2.99}""");
        await SayAsync(await broker.ConnectAsync("s1", "c"), "signals/s1", """{"kind":"flood.surface"}""");

        await MqttTown.Until(() => town.Account.Read().Evidence == 3, "three pieces of evidence");
        Assert.Equal(["homes/gw1/hall smoke", "signals/s1", "vehicles/v1"], town.Areas.Signals.Select(signal => signal.Source).Order());
        Assert.Equal((3, 0), (town.Account.Read().Received, town.Account.Read().InFlight));
    }

    [Fact]
    public async Task Publish_UnderAnothersName_IsRefusedByTheAccessList()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"), ("gw2", "b"));
        await using var town = await StartAsync(broker);
        var stranger = await broker.ConnectAsync("gw2", "b");

        var answer = await stranger.PublishStringAsync("homes/gw1/z2m/hall smoke", Smoke, MqttQualityOfServiceLevel.AtLeastOnce);
        await SayAsync(await broker.ConnectAsync("gw2", "b"), "homes/gw2/z2m/hall smoke", Smoke);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, answer.ReasonCode);
        await MqttTown.Until(() => town.Account.Read().Evidence == 1, "its own alarm");
        Assert.Equal("homes/gw2/hall smoke", Assert.Single(town.Areas.Signals).Source);
    }

    [Fact]
    public async Task Publish_OfAGatewayThatNobodyRegisteredAndOfNonsense_IsRejectedAndAcknowledged()
    {
        await using var broker = await TownBroker.StartAsync(("ghost", "a"), ("gw1", "b"));
        await using var town = await StartAsync(broker, ("Mqtt:BrokerReceiveMaximum", "1"));

        await SayAsync(await broker.ConnectAsync("ghost", "a"), "homes/ghost/z2m/hall smoke", Smoke);
        await SayAsync(await broker.ConnectAsync("gw1", "b"), "homes/gw1/z2m/hall smoke", "{");
        await SayAsync(await broker.ConnectAsync("gw1", "b"), "homes/gw1/z2m/hall smoke", Smoke);

        await MqttTown.Until(() => town.Account.Read().Evidence == 1, "what followed the rejected ones");
        Assert.Equal((3, 2), (town.Account.Read().Received, town.Account.Read().Rejected));
        Assert.Equal([Reasons.NotJson, Reasons.UnregisteredSource], town.Letters.Newest(10).Select(letter => letter.Reason).Order());
    }

    [Fact]
    public async Task Start_BeforeItsSessionConnects_HasSpokenToItself()
    {
        await using var broker = await TownBroker.StartAsync();
        var said = new ConcurrentQueue<string>();
        var witness = await broker.ConnectAsync(TownBroker.User, TownBroker.Password);
        witness.ApplicationMessageReceivedAsync += received =>
        {
            said.Enqueue(received.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await witness.SubscribeAsync("civic-signals/#", MqttQualityOfServiceLevel.AtLeastOnce);

        await using var town = await StartAsync(broker);

        await MqttTown.Until(() => said.Count > 1, "that the silo is there");
        Assert.Equal(["rehearsals", "silos"], said.Take(2).Select(topic => topic.Split('/')[1]));
        Assert.Equal(0, town.Account.Read().Received);
    }

    [Fact]
    public async Task Publish_SlowLedger_HasNoMoreUnderWayThanTheReceiveMaximum()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        await using var town = await StartAsync(broker, ("Mqtt:BrokerReceiveMaximum", "5"));
        var committing = new TaskCompletionSource();
        town.Areas.Answer = async (_, signals, _) =>
        {
            await committing.Task;
            return Receipt(signals);
        };
        var passed = new CountdownEvent(20);
        var witness = await broker.ConnectAsync(TownBroker.User, TownBroker.Password);
        witness.ApplicationMessageReceivedAsync += _ =>
        {
            passed.Signal();
            return Task.CompletedTask;
        };
        await witness.SubscribeAsync("homes/gw1/#");
        var gateway = await broker.ConnectAsync("gw1", "a");

        for (var i = 0; i < 20; i++)
            await SayAsync(gateway, $"homes/gw1/z2m/smoke {i}", Smoke);
        await MqttTown.Until(() => passed.IsSet && town.Account.Read().Received == 5, "five messages of the twenty");
        Assert.Equal(5, town.Account.Read().InFlight);
        committing.SetResult();

        await MqttTown.Until(() => town.Account.Read().Evidence == 20, "all twenty");
        Assert.Equal(20, town.Account.Read().Received);
    }

    [Fact]
    public async Task Publish_AreaFails_IsNotAcknowledgedAndComesAgainUntilItIsTaken()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        await using var town = await StartAsync(broker);
        town.Areas.Answer = (_, _, _) => throw new TimeoutException();

        await SayAsync(await broker.ConnectAsync("gw1", "a"), "homes/gw1/z2m/hall smoke", Smoke);
        await MqttTown.Until(() => town.Account.Read().Failed >= 2, "a second attempt");
        await MqttTown.Until(() => Description(town).Contains("not acknowledged", StringComparison.Ordinal), "the reason");
        town.Areas.Answer = (_, signals, _) => Task.FromResult(Receipt(signals));

        await MqttTown.Until(() => town.Account.Read().Evidence == 1, "the alarm");
        await MqttTown.Until(() => State(town).IsConnected, "the connection");
        var totals = town.Account.Read();
        Assert.Equal((totals.Failed + 1, 0), (totals.Received, totals.InFlight));
    }

    [Fact]
    public async Task Kill_OfTheBrokerWhileMessagesAreUnderWay_LosesNothingThatItAcknowledged()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        await using var town = await StartAsync(broker, ("Mqtt:BrokerReceiveMaximum", "50"));
        var heard = new ConcurrentDictionary<string, bool>();
        var committing = new TaskCompletionSource();
        town.Areas.Answer = async (_, signals, _) =>
        {
            await committing.Task;
            foreach (var signal in signals)
                heard.TryAdd(signal.Source, true);
            return Receipt(signals);
        };
        var gateway = await broker.ConnectAsync("gw1", "a");
        for (var i = 0; i < 200; i++)
            await SayAsync(gateway, $"homes/gw1/z2m/smoke {i}", Smoke);
        await broker.SavedAsync("smoke 199");

        broker.Kill();
        await MqttTown.Until(() => !State(town).IsConnected, "the loss of the connection");
        committing.SetResult();
        await broker.RestartAsync();

        await MqttTown.Until(() => heard.Count == 200, "all 200");
        await MqttTown.Until(() => town.Account.Read().InFlight == 0, "the account");
        var totals = town.Account.Read();
        Assert.Equal(totals.Received, totals.Evidence + totals.Ambient + totals.Repeated + totals.Rejected + totals.Failed);
    }

    [Fact]
    public async Task Start_BrokerIsAway_ConnectsOnceItIsThere()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        broker.Kill();
        await using var town = await MqttTown.StartAsync(null, Settings(broker));
        Assert.False(State(town).IsConnected);

        await broker.RestartAsync();
        await MqttTown.Until(() => State(town).IsConnected, "the connection");
    }

    [Fact]
    public async Task Start_WrongPassword_IsNotReadyAndSaysWhatToLookAt()
    {
        await using var broker = await TownBroker.StartAsync();
        await using var town = await MqttTown.StartAsync(null, Settings(broker, password: "wrong"));

        await MqttTown.Until(() => Description(town).Contains("Mqtt:BrokerPassword", StringComparison.Ordinal), "the refusal");
        Assert.DoesNotContain("wrong", Description(town), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithMessagesUnderWay_AcknowledgesThemFirst()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        var committing = new TaskCompletionSource();
        await using (var town = await StartAsync(broker))
        {
            town.Areas.Answer = async (_, signals, _) =>
            {
                await committing.Task;
                return Receipt(signals);
            };
            await SayAsync(await broker.ConnectAsync("gw1", "a"), "homes/gw1/z2m/hall smoke", Smoke);
            await MqttTown.Until(() => town.Account.Read().InFlight == 1, "the alarm on its way");
            var stopping = town.StopAsync();
            committing.SetResult();
            await stopping;
            Assert.Equal(1, town.Account.Read().Evidence);
        }

        await using var again = await StartAsync(broker);
        await SayAsync(await broker.ConnectAsync("gw1", "a"), "homes/gw1/z2m/boiler co", """{"carbon_monoxide":true}""");
        await MqttTown.Until(() => again.Account.Read().Evidence == 1, "the next alarm");
        Assert.Equal(1, again.Account.Read().Received);
    }

    [Fact]
    public async Task Stop_ThenAnAlarm_ArrivesAfterTheNextStart()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        await using (var town = await StartAsync(broker))
            await town.StopAsync();

        await SayAsync(await broker.ConnectAsync("gw1", "a"), "homes/gw1/z2m/hall smoke", Smoke);
        await using var again = await StartAsync(broker);

        await MqttTown.Until(() => again.Account.Read().Evidence == 1, "the alarm");
    }

    [Fact]
    public async Task Publish_TwoSilosOfOneGroup_EachMessageGoesToOneOfThem()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        await using var one = await StartAsync(broker, ("Mqtt:BrokerSession", "silo-1"));
        await using var other = await StartAsync(broker, ("Mqtt:BrokerSession", "silo-2"));
        var gateway = await broker.ConnectAsync("gw1", "a");

        for (var i = 0; i < 100; i++)
            await SayAsync(gateway, $"homes/gw1/z2m/smoke {i}", Smoke);

        await MqttTown.Until(() => one.Account.Read().Evidence + other.Account.Read().Evidence == 100, "all 100");
        Assert.Equal(100, one.Account.Read().Received + other.Account.Read().Received);
        Assert.All([one, other], silo => Assert.NotEqual(0, silo.Account.Read().Received));
    }

    [Fact]
    public async Task Start_TwoSilosWithTheSameSession_SaysSo()
    {
        await using var broker = await TownBroker.StartAsync();
        await using var one = await StartAsync(broker);
        await using var other = await MqttTown.StartAsync(null, Settings(broker));

        await MqttTown.Until(() => Description(one).Contains("Mqtt:BrokerSession", StringComparison.Ordinal), "the reason");
    }

    [Fact]
    public async Task Start_Tls_ShowsItsCertificateAndKnowsTheBrokersAuthority()
    {
        using var pki = new BrokerPki();
        var (certificate, key) = pki.Client(TownBroker.User);
        await using var broker = await TownBroker.StartSecureAsync(pki);
        await using var town = await MqttTown.StartAsync(
            null,
            ("Mqtt:Broker", $"mqtts://127.0.0.1:{broker.Port}"),
            ("Mqtt:BrokerCertificate", certificate),
            ("Mqtt:BrokerKey", key),
            ("Mqtt:BrokerAuthority", pki.AuthorityFile));

        await MqttTown.Until(() => State(town).IsConnected, $"the connection ({Description(town)})");
    }

    [Fact]
    public async Task Start_TlsOfAnUnknownAuthority_IsRefused()
    {
        using var pki = new BrokerPki();
        using var others = new BrokerPki();
        var (certificate, key) = pki.Client(TownBroker.User);
        await using var broker = await TownBroker.StartSecureAsync(pki);
        await using var town = await MqttTown.StartAsync(
            null,
            ("Mqtt:Broker", $"mqtts://127.0.0.1:{broker.Port}"),
            ("Mqtt:BrokerCertificate", certificate),
            ("Mqtt:BrokerKey", key),
            ("Mqtt:BrokerAuthority", others.AuthorityFile));

        await MqttTown.Until(() => Description(town).Contains("Mqtt:BrokerAuthority", StringComparison.Ordinal), "the refusal");
    }

    private static async Task<MqttTown> StartAsync(TownBroker broker, params (string Key, string Value)[] settings)
    {
        var town = await MqttTown.StartAsync(null, [.. Settings(broker), .. settings]);
        await MqttTown.Until(() => State(town).IsConnected, "the connection to the broker");
        return town;
    }

    private static (string Key, string Value)[] Settings(TownBroker broker, string password = TownBroker.Password) =>
        [("Mqtt:Broker", broker.Address), ("Mqtt:BrokerUser", TownBroker.User), ("Mqtt:BrokerPassword", password)];

    private static async Task SayAsync(IMqttClient client, string topic, string payload) =>
        Assert.Equal(MqttClientPublishReasonCode.Success, (await client.PublishStringAsync(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce)).ReasonCode);

    private static OfferReceipt Receipt(Signal[] signals) => new([.. signals.Select(_ => SignalOutcome.Evidence)], null);

    private static BrokerState State(MqttTown town) => town.Services.GetRequiredService<BrokerState>();

    private static string Description(MqttTown town) => State(town).CheckHealthAsync(null!).Result.Description ?? "";
}
