namespace CivicSignals.Ingest.Pipeline;

/// <summary>One message from outside, as it came.</summary>
[GenerateSerializer, Immutable, Alias("inbound-message")]
public readonly record struct InboundMessage
{
    /// <summary>Where it came from: <c>mqtt</c>.</summary>
    [Id(0)]
    public required string Via { get; init; }

    /// <summary>Full topic.</summary>
    [Id(1)]
    public required string Topic { get; init; }

    /// <summary>As received. The pipeline keeps no reference to it once the message is settled.</summary>
    [Id(2)]
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>When the platform received it; <see cref="DateTimeOffset.MinValue"/>: it was said before, nobody knows when, and its sender is not heard now.</summary>
    [Id(3)]
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether the sender asked to retain it: a state of unknown age.</summary>
    [Id(4)]
    public bool Retain { get; init; }

    /// <summary>The authenticated sender, who may speak only for itself; null when anonymous, replayed or let in by an external broker: it may speak for all.</summary>
    [Id(5)]
    public string? Sender { get; init; }

    /// <summary>MQTT 5 user properties, or null.</summary>
    [Id(6)]
    public IReadOnlyList<KeyValuePair<string, string>>? Properties { get; init; }
}
