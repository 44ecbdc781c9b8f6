using CivicSignals.Ingest.Silence;
using CivicSignals.Tests.Ingest;
using MQTTnet;

namespace CivicSignals.Tests.Silence;

/// <summary>Which ends of a connection are silence, over real MQTT.</summary>
public sealed class ConnectionLossTests
{
    [Fact]
    public async Task Connection_ThatBreaks_IsLostUntilItsGatewayIsBack()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1");
        Assert.Equal((true, null), town.Connections.Of("gw1"));

        client.Dispose(); // The socket closes without a word.
        await MqttTown.Until(() => town.Connections.Of("gw1").LostAt is not null, "the loss");
        Assert.False(town.Connections.Of("gw1").IsConnected);

        await town.ConnectAsync("gw1");
        Assert.Equal((true, null), town.Connections.Of("gw1"));
    }

    [Fact]
    public async Task Connection_ThatSaysGoodbyeOrIsEndedByThePlatform_IsNotLost()
    {
        await using var town = await MqttTown.StartAsync();
        var polite = await town.ConnectAsync("gw1");
        await town.ConnectAsync("gw2");

        await polite.DisconnectAsync();
        await town.Homes.RevokeAsync("gw2", CancellationToken.None);

        await MqttTown.Until(() => !town.Connections.Of("gw1").IsConnected && !town.Connections.Of("gw2").IsConnected, "the ends");
        Assert.Null(town.Connections.Of("gw1").LostAt);
        Assert.Null(town.Connections.Of("gw2").LostAt);
    }

    [Fact]
    public void Went_OneOfTwoConnections_IsNoLoss()
    {
        var connections = new GatewayConnections(TimeProvider.System);
        connections.Came("gw1");
        connections.Came("gw1");
        connections.Went("gw1", withoutAWord: true);
        Assert.Equal((true, null), connections.Of("gw1"));
        connections.Went("gw1", withoutAWord: true);
        Assert.False(connections.Of("gw1").IsConnected);
    }
}
