using CivicSignals.Homes;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>Where the embedded MQTT server listens.</summary>
public sealed class MqttEndpoint : IGatewayEntrance
{
    private ListenOptions? _listener;

    /// <summary>The port; once the host has started, the one that was taken when 0 was asked for.</summary>
    public int Port => _listener?.IPEndPoint?.Port ?? 0;

    internal void ListensBy(ListenOptions listener) => _listener = listener;
}
