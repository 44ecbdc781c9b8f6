using System.Buffers;
using CivicSignals.Ingest.Pipeline;
using MQTTnet;
using MQTTnet.Packets;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// Hands what an external broker delivers to the pipeline. A broker does not tell who published: it is its own access list that binds a user to the
/// topics below the user's name, and so a message has no sender here but its topic's owner.
/// </summary>
internal sealed class BrokerIntake(IMessageIntake messages, HomePrefix prefix, TimeProvider time)
{
    private const int MostProperties = 32;

    /// <summary>Takes what is said now. Promises as <see cref="SignalPipeline.AcceptAsync"/>.</summary>
    public ValueTask<MessageOutcome> AcceptAsync(MqttApplicationMessage message) => HandOver(Inbound(message, time.GetUtcNow()));

    /// <summary>Takes what the broker has kept since nobody knows when: its sender is not heard now. Promises as <see cref="SignalPipeline.AcceptAsync"/>.</summary>
    public ValueTask<MessageOutcome> AcceptStoredAsync(MqttApplicationMessage message) => HandOver(Inbound(message, DateTimeOffset.MinValue));

    /// <summary>The one place where an external broker's messages enter the platform: who settles one says that all that it changed is on disk.</summary>
    private ValueTask<MessageOutcome> HandOver(in InboundMessage message) => messages.AcceptAsync(message);

    private InboundMessage Inbound(MqttApplicationMessage message, DateTimeOffset receivedAt) => new()
    {
        Via = "mqtt",
        Topic = prefix.Strip(message.Topic ?? ""),
        Payload = message.Payload.IsSingleSegment ? message.Payload.First : message.Payload.ToArray(),
        ReceivedAt = receivedAt,
        Retain = message.Retain,
        Properties = message.UserProperties is { Count: > 0 } properties
            ? [.. properties.Take(MostProperties).Select(property => KeyValuePair.Create(property.Name, property.ReadValueAsString()))]
            : null,
    };
}
