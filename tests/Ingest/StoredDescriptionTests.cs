using CivicSignals.Ingest.Mqtt.Broker;
using CivicSignals.Ledger;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

/// <summary>What gateways had a broker keep is read by whoever holds the duty.</summary>
public sealed class StoredDescriptionTests
{
    private const string Topic = "homes/gw1/z2m/bridge/devices";

    private const string Devices = """
        [{"ieee_address":"0x01","friendly_name":"hall smoke","definition":{"model":"SD1","exposes":[{"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false}]}}]
        """;

    [Fact]
    public async Task Start_GatewayWasDescribedBefore_ItsDevicesAreKnownAndKept()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        var gateway = await broker.ConnectAsync("gw1", "a");
        await gateway.PublishStringAsync(Topic, Devices, MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        await using var town = await StartAsync(broker);

        var memory = town.Services.GetRequiredService<IGatewayMemory>();
        await MqttTown.Until(() => memory.RecallAsync(CancellationToken.None).Result.Any(kept => kept.Topic == Topic), "the description in the gateway memory");
        await gateway.PublishStringAsync("homes/gw1/z2m/hall smoke", """{"smoke":true}""", MqttQualityOfServiceLevel.AtLeastOnce);

        await MqttTown.Until(() => town.Account.Read().Evidence == 1, "the alarm");
        Assert.Equal("homes/gw1/0x01", Assert.Single(town.Areas.Signals).Source);
        Assert.Equal((2, 1), (town.Account.Read().Received, town.Account.Read().Ambient));
    }

    [Fact]
    public async Task Publish_WhileTheDutyIsHeld_IsTakenOnceByTheSharedSubscription()
    {
        await using var broker = await TownBroker.StartAsync(("gw1", "a"));
        await using var town = await StartAsync(broker);
        var gateway = await broker.ConnectAsync("gw1", "a");

        for (var i = 0; i < 5; i++)
            await gateway.PublishStringAsync(Topic, Devices, MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        await gateway.PublishStringAsync("homes/gw1/z2m/hall smoke", """{"smoke":true}""", MqttQualityOfServiceLevel.AtLeastOnce);

        await MqttTown.Until(() => town.Account.Read().Evidence == 1, "the alarm");
        Assert.Equal((6, 5), (town.Account.Read().Received, town.Account.Read().Ambient));
    }

    [Theory]
    [InlineData("homes/gw1/z2m/bridge/devices")]
    [InlineData("homes/gw1/zigbee2mqtt/upstairs/bridge/devices")]
    [InlineData("homes/gw1/bridge/groups")]
    [InlineData("homes/gw1/homeassistant/binary_sensor/smoke/config")]
    [InlineData("homes/gw1/homeassistant/binary_sensor/0x01/smoke/config")]
    [InlineData("homes/gw1/bridged/homeassistant/device/0x01/config")]
    [InlineData("homes/gw1/statestream/binary_sensor/smoke/device_class")]
    [InlineData("homes/gw1/homie/5/alarm/$description")]
    [InlineData("homes/gw1/homie/alarm/smoke/$type")]
    [InlineData("homes/gw1/homie/alarm/smoke/state/$datatype")]
    public void Stored_TopicThatDescribesDevices_IsSubscribedTo(string topic) => Assert.Contains(
        Topics("homes").Stored().SelectMany(subscription => subscription.TopicFilters),
        filter => MqttTopicFilterComparer.Compare(topic, filter.Topic) == MqttTopicFilterCompareResult.IsMatch);

    [Theory]
    [InlineData("homes/gw1/z2m/hall smoke")]
    [InlineData("homes/gw1/z2m/bridge/state")]
    [InlineData("vehicles/v1/config")]
    public void Stored_OtherTopic_IsLeftToTheSharedSubscription(string topic) => Assert.DoesNotContain(
        Topics("homes").Stored().SelectMany(subscription => subscription.TopicFilters),
        filter => MqttTopicFilterComparer.Compare(topic, filter.Topic) == MqttTopicFilterCompareResult.IsMatch);

    [Theory]
    [InlineData("council/homes/gw1/z2m/hall smoke")]
    [InlineData("homes/gw1/z2m/hall smoke")]
    [InlineData("vehicles/v1/events")]
    [InlineData("signals/s1")]
    [InlineData("owntracks/v1/phone")]
    [InlineData("vss/v1/Vehicle/Speed")]
    [InlineData("5GCroCo/inQueue/v2x/denm/v2x_87654321/1/2/3")]
    [InlineData("inQueue/v2x/denm/v2x_87654321/1/2/3")]
    public void Shared_TopicThatTheEmbeddedServerTakes_IsSubscribedTo(string topic) => Assert.Contains(
        Topics("council/homes").Shared().SelectMany(subscription => subscription.TopicFilters),
        filter => MqttTopicFilterComparer.Compare(topic, filter.Topic["$share/civic-signals/".Length..]) == MqttTopicFilterCompareResult.IsMatch);

    private static BrokerTopics Topics(string prefix) =>
        new(Options.Create(new CivicSignals.Ingest.Mqtt.MqttOptions { HomePrefix = prefix }), Options.Create(new BrokerOptions()));

    private static async Task<MqttTown> StartAsync(TownBroker broker)
    {
        var town = await MqttTown.StartAsync(
            null, ("Mqtt:Broker", broker.Address), ("Mqtt:BrokerUser", TownBroker.User), ("Mqtt:BrokerPassword", TownBroker.Password));
        await MqttTown.Until(() => town.Services.GetRequiredService<BrokerState>().IsConnected, "the connection to the broker");
        return town;
    }
}
