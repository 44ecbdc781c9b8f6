using System.Text;
using CivicSignals.Faults.Cluster;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CivicSignals.Faults.Load;

/// <summary>A gateway's MQTT client: sends at QoS 1, and again on another connection, until the broker has acknowledged that somebody is to have it.</summary>
internal sealed class Publisher(int port, string user) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _connecting = new(1);
    private readonly MqttClientOptions _options = new MqttClientOptionsBuilder()
        .WithTcpServer("127.0.0.1", port)
        .WithClientId($"{user}-gateway")
        .WithCredentials(user, Broker.SecretOf(user))
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithTimeout(Patience)
        .Build();

    private IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    /// <summary>Sends; when it returns, the broker has acknowledged.</summary>
    public async Task SendAsync(string topic, string payload, bool retain, CancellationToken given)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(Encoding.UTF8.GetBytes(payload))
            .WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        while (true)
        {
            try
            {
                var client = await ConnectedAsync(given);
                var answer = await client.PublishAsync(message, given).WaitAsync(Patience, given);
                if (answer.ReasonCode == MqttClientPublishReasonCode.Success)
                    return; // "No matching subscribers" is none: a broker that has just come back and has no session yet drops what it answers so.
            }
            catch (Exception) when (!given.IsCancellationRequested)
            {
                // The broker is down, or went down meanwhile.
            }

            await Task.Delay(Pause, given);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _connecting.Dispose();
    }

    private async Task<IMqttClient> ConnectedAsync(CancellationToken given)
    {
        if (_client.IsConnected)
            return _client;
        await _connecting.WaitAsync(given);
        try
        {
            if (!_client.IsConnected)
            {
                _client.Dispose();
                _client = new MqttClientFactory().CreateMqttClient();
                await _client.ConnectAsync(_options, given);
            }

            return _client;
        }
        finally
        {
            _connecting.Release();
        }
    }
}
