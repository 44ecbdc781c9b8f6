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

    private MqttGuest(int port, string user, MqttProtocolVersion version) =>
        _options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithProtocolVersion(version)
            .WithClientId($"{user}-{Guid.NewGuid():N}")
            .WithCredentials(user, TownPlan.SecretOf(user))
            .WithTimeout(Patience.Answer)
            .Build();

    public bool IsConnected => _client.IsConnected;

    public static async Task<MqttGuest> ConnectAsync(int port, string user, MqttProtocolVersion version = MqttProtocolVersion.V311)
    {
        var guest = new MqttGuest(port, user, version);
        await guest.ReconnectAsync();
        return guest;
    }

    public Task ReconnectAsync() => _client.ConnectAsync(_options);

    /// <summary>Sends; when it returns, the platform has acknowledged, with this reason.</summary>
    public async Task<MqttClientPublishReasonCode> SendAsync(string topic, ReadOnlyMemory<byte> payload, bool retain = false)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload.ToArray())
            .WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        return (await _client.PublishAsync(message).WaitAsync(Patience.Answer)).ReasonCode;
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
