using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CivicSignals.Silo.Demo;

/// <summary>The town's connections to an MQTT server on this machine, MQTT 3.1.1 as zigbee2mqtt speaks by default. For one caller at a time.</summary>
public sealed class MqttWire(int port, TownSecrets secrets) : ITownWire, IAsyncDisposable
{
    private static readonly TimeSpan DisconnectPatience = TimeSpan.FromSeconds(2);
    private readonly MqttClientFactory _factory = new();
    private readonly Dictionary<string, Connection> _connections = [];

    public async Task ConnectAsync(string user, string? offlineTopic, CancellationToken cancellation)
    {
        if (_connections.TryGetValue(user, out var connection))
        {
            if (connection.Client.IsConnected)
                return;
            // A client that lost its connection refuses to connect while it is still closing: a new one does not.
            connection.Client.Dispose();
        }

        connection = new Connection(_factory.CreateMqttClient(), connection?.Options ?? Options(user, offlineTopic));
        _connections[user] = connection;
        var result = await connection.Client.ConnectAsync(connection.Options, cancellation);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"{user} was refused: {result.ResultCode}");
    }

    public async Task PublishAsync(TownMessage message, CancellationToken cancellation)
    {
        await ConnectAsync(message.User, offlineTopic: null, cancellation);
        await _connections[message.User].Client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = message.Topic,
                Payload = new(message.Payload),
                QualityOfServiceLevel = message.Acknowledged ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
                Retain = message.Retain,
            },
            cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(DisconnectPatience);
        foreach (var (_, connection) in _connections)
        {
            if (connection.Client.IsConnected && !patience.IsCancellationRequested)
                await connection.Client.TryDisconnectAsync();
            connection.Client.Dispose();
        }

        _connections.Clear();
    }

    private MqttClientOptions Options(string user, string? offlineTopic)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(user)
            .WithCredentials(user, secrets.Of(user))
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(60))
            .WithTimeout(TimeSpan.FromSeconds(10));
        if (offlineTopic is not null)
            options.WithWillTopic(offlineTopic).WithWillPayload("""{"state":"offline"}"""u8.ToArray()).WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        return options.Build();
    }

    private sealed record Connection(IMqttClient Client, MqttClientOptions Options);
}
