using System.Buffers;
using CivicSignals.Ingest.Pipeline;
using MQTTnet;
using MQTTnet.Packets;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// Hands what an external broker delivers to the pipeline. A broker does not tell who published: it is its own access list that binds a user to the
/// topics below the user's name, and so a message has no sender here but its topic's owner.
/// </summary>
internal sealed class BrokerIntake(SignalPipeline pipeline, HomePrefix prefix, TimeProvider time)
{
    private const int MostProperties = 32;

    /// <summary>Promises as <see cref="SignalPipeline.AcceptAsync"/>.</summary>
    public ValueTask<MessageOutcome> AcceptAsync(MqttApplicationMessage message) => pipeline.AcceptAsync(new InboundMessage
    {
        Via = "mqtt",
        Topic = prefix.Strip(message.Topic ?? ""),
        Payload = message.Payload.IsSingleSegment ? message.Payload.First : message.Payload.ToArray(),
        ReceivedAt = time.GetUtcNow(),
        Retain = message.Retain,
        Properties = message.UserProperties is { Count: > 0 } properties
            ? [.. properties.Take(MostProperties).Select(property => KeyValuePair.Create(property.Name, property.ReadValueAsString()))]
            : null,
    });
}
