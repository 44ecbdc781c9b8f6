using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

public sealed class HomePrefixTests
{
    [Theory]
    [InlineData("council/houses/gw1/zigbee2mqtt/hall smoke")]
    [InlineData("homes/gw1/zigbee2mqtt/hall smoke")]
    public async Task Publish_UnderTheConfiguredPrefixOrThePlatformsOwn_IsTheHomes(string topic)
    {
        await using var town = await MqttTown.StartAsync(null, ("Mqtt:HomePrefix", "council/houses"));
        var client = await town.ConnectAsync("gw1");

        Assert.True((await client.PublishStringAsync(topic, """{"smoke":true}""", MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);

        Assert.Equal("homes/gw1/hall smoke", Assert.Single(town.Areas.Signals).Source);
    }

    [Fact]
    public async Task Publish_OfAnotherHomeUnderTheConfiguredPrefix_IsRefused()
    {
        await using var town = await MqttTown.StartAsync(null, ("Mqtt:HomePrefix", "council/houses"));
        var client = await town.ConnectAsync("gw1", MQTTnet.Formatter.MqttProtocolVersion.V500);

        var answer = await client.PublishStringAsync("council/houses/gw2/zigbee2mqtt/hall smoke", """{"smoke":true}""", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, answer.ReasonCode);
        Assert.Equal(1, (int)town.Account.Read().RejectedByReason[Reasons.ForeignTopic]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/homes")]
    [InlineData("a//b")]
    [InlineData("a/+")]
    [InlineData("vehicles")]
    public async Task Start_PrefixThatIsNone_IsRefused(string prefix) =>
        Assert.Contains("Mqtt:HomePrefix", (await Assert.ThrowsAsync<OptionsValidationException>(() => MqttTown.StartAsync(null, ("Mqtt:HomePrefix", prefix)))).Message, StringComparison.Ordinal);
}
