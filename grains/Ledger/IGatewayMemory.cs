namespace CivicSignals.Ledger;

/// <summary>What gateways said about their devices: kept, because a gateway says it once and the platform restarts.</summary>
public interface IGatewayMemory
{
    /// <summary>Keeps the newest metadata message of a topic. On disk when it returns.</summary>
    /// <param name="topic">Full MQTT topic.</param>
    /// <param name="payload">The message, at most 2 MiB; empty: the topic is forgotten.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task RememberAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);

    /// <summary>All metadata kept, topic by topic.</summary>
    Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(CancellationToken cancellation);

    /// <summary>The metadata kept of one gateway, topic by topic.</summary>
    /// <param name="gateway">Its name: the second level of its topics.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(string gateway, CancellationToken cancellation);
}
