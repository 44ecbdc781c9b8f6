using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Integration;

/// <summary>A real MQTT client with its own credentials; what it sends is QoS 1.</summary>
internal sealed class MqttGuest : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly MqttClientOptions _options;
    private readonly TownBroker? _broker;

    private MqttGuest(int port, string user, string password, MqttProtocolVersion version, TownBroker? broker)
    {
        _broker = broker;
        _options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithProtocolVersion(version)
            .WithClientId($"{user}-{Guid.NewGuid():N}")
            .WithCredentials(user, password)
            .WithTimeout(Patience.Answer)
            .Build();
    }

    public bool IsConnected => _client.IsConnected;

    /// <param name="port">Of the MQTT server.</param>
    /// <param name="user">Whose name it bears.</param>
    /// <param name="password">Null: that of the plan.</param>
    /// <param name="version">Of the protocol.</param>
    /// <param name="broker">The server, when it is a broker that acknowledges before the platform does.</param>
    public static async Task<MqttGuest> ConnectAsync(
        int port, string user, string? password = null, MqttProtocolVersion version = MqttProtocolVersion.V311, TownBroker? broker = null)
    {
        var guest = new MqttGuest(port, user, password ?? TownPlan.SecretOf(user), version, broker);
        await guest.ReconnectAsync();
        return guest;
    }

    /// <summary>Connects anew, also where a broker has kept the connection over the platform's end.</summary>
    public async Task ReconnectAsync()
    {
        if (_client.IsConnected)
            await _client.DisconnectAsync();
        await _client.ConnectAsync(_options);
    }

    /// <summary>Sends; when it returns, the platform has acknowledged, also to a broker in between, with this reason.</summary>
    public async Task<MqttClientPublishReasonCode> SendAsync(string topic, ReadOnlyMemory<byte> payload, bool retain = false)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload.ToArray())
            .WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        var before = _broker?.Sent(topic) ?? 0;
        var reason = (await _client.PublishAsync(message).WaitAsync(Patience.Answer)).ReasonCode;
        if (_broker is not null && reason == MqttClientPublishReasonCode.Success)
            await _broker.TakenAsync(topic, before);
        return reason;
    }

    /// <summary>Sends, reconnects and sends again, as real clients do, until it is acknowledged.</summary>
    public async Task SendUntilAcknowledgedAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken given)
    {
        while (true)
        {
            try
            {
                await ConnectAgainAsync(given);
                await SendAsync(topic, payload);
                return;
            }
            catch (Exception) when (!given.IsCancellationRequested)
            {
                // The platform is down, or went down meanwhile.
                await Task.Delay(50, given);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _connecting.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ConnectAgainAsync(CancellationToken given)
    {
        if (_client.IsConnected)
            return;
        await _connecting.WaitAsync(given);
        try
        {
            if (!_client.IsConnected)
                await _client.ConnectAsync(_options, given);
        }
        finally
        {
            _connecting.Release();
        }
    }
}
