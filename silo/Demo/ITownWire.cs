namespace CivicSignals.Silo.Demo;

/// <summary>How the town's gateways and vehicles reach the platform: one MQTT connection each, opened when first needed.</summary>
public interface ITownWire
{
    /// <summary>Connects a user if it is not connected.</summary>
    /// <param name="user">The gateway or vehicle.</param>
    /// <param name="offlineTopic">Where the broker says <c>{"state":"offline"}</c>, retained, when the connection is lost; null: nowhere.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MQTTnet.Exceptions.MqttCommunicationException">The platform cannot be reached or refuses.</exception>
    Task ConnectAsync(string user, string? offlineTopic, CancellationToken cancellation);

    /// <summary>Publishes one message; connects first where needed. With QoS 1 it was acknowledged when the task completes.</summary>
    /// <exception cref="MQTTnet.Exceptions.MqttCommunicationException">The platform cannot be reached or refuses.</exception>
    Task PublishAsync(TownMessage message, CancellationToken cancellation);
}

/// <summary>One message of the town.</summary>
/// <param name="User">Who publishes.</param>
/// <param name="Topic">Where.</param>
/// <param name="Payload">UTF-8 JSON.</param>
/// <param name="Acknowledged">QoS 1 rather than 0.</param>
/// <param name="Retain">Whether the broker is asked to keep it.</param>
public sealed record TownMessage(string User, string Topic, ReadOnlyMemory<byte> Payload, bool Acknowledged, bool Retain = false);
