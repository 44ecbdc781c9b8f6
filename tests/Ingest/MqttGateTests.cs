using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

/// <summary>Who may come in, and what they may subscribe to.</summary>
public sealed class MqttGateTests
{
    private const string Smoke = """{"smoke":true}""";

    [Theory]
    [InlineData("gw1", "wrong")]
    [InlineData("gw9", "s-gw9")]
    [InlineData(null, null)]
    public async Task Connect_WithoutItsSecret_IsRefused(string? user, string? password)
    {
        await using var town = await MqttTown.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => town.ConnectAsync(
            null,
            configure: options => _ = user is null ? options : options.WithCredentials(user, password!)));
    }

    [Fact]
    public async Task Connect_Anonymous_MayPublishForAllButNowhereElse()
    {
        await using var town = await MqttTown.StartAsync(null, ("Mqtt:Anonymous", "true"));
        var client = await town.ConnectAsync(null, MqttProtocolVersion.V500, options => options.WithClientId(""));
        Assert.True((await client.PublishStringAsync("homes/gw2/z2m/x", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
        Assert.False((await client.PublishStringAsync("alerts/x", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
    }

    [Fact]
    public async Task Connect_AnotherUsersClientId_IsRefused()
    {
        await using var town = await MqttTown.StartAsync();
        var first = await town.ConnectAsync("gw1", configure: options => options.WithClientId("mine"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => town.ConnectAsync("gw2", configure: options => options.WithClientId("mine")));
        Assert.True((await first.PublishStringAsync("homes/gw1/z2m/x", Smoke, MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
    }

    [Fact]
    public async Task Connect_WillOnAForeignTopic_IsRefused()
    {
        await using var town = await MqttTown.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => town.ConnectAsync(
            "gw1",
            configure: options => options.WithWillTopic("homes/gw2/z2m/x").WithWillPayload(Smoke)));
    }

    [Fact]
    public async Task Connect_WillOnItsOwnTopic_IsSaidWhenItVanishesAndNotRetained()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync(
            "gw1",
            configure: options => options.WithWillTopic("homes/gw1/z2m/x").WithWillPayload(Smoke).WithWillRetain());
        client.Dispose();
        await MqttTown.Until(() => !town.Areas.Offers.IsEmpty, "the will");
        Assert.False(Assert.Single(town.Areas.Signals).SinceUnknown);
    }

    [Theory]
    [InlineData("#", false)]
    [InlineData("homes/+/z2m/#", false)]
    [InlineData("homes/gw2/#", false)]
    [InlineData("$SYS/#", false)]
    [InlineData("$share/g/homes/gw1/#", false)]
    [InlineData("homes/gw1/#", true)]
    [InlineData("signals/gw1", true)]
    public async Task Subscribe_OutsideItsOwnTopics_IsRefused(string filter, bool granted)
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1", MqttProtocolVersion.V500);
        var result = await client.SubscribeAsync(filter, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(granted, result.Items.Single().ResultCode <= MqttClientSubscribeResultCode.GrantedQoS2);
    }

    [Fact]
    public async Task Subscribe_MoreThanFiftyFilters_IsRefused()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1", MqttProtocolVersion.V500);
        for (var i = 0; i < 50; i++)
            Assert.True((await client.SubscribeAsync($"homes/gw1/{i}")).Items.Single().ResultCode <= MqttClientSubscribeResultCode.GrantedQoS2);
        Assert.Equal(MqttClientSubscribeResultCode.UnspecifiedError, (await client.SubscribeAsync("homes/gw1/50")).Items.Single().ResultCode);
    }
}
