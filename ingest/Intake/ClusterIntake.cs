using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>Hands each message to the machine that reads its owner's; what is nobody's is refused here.</summary>
internal sealed class ClusterIntake(SignalPipeline pipeline, IntakeRouter router) : IMessageIntake
{
    /// <summary>Nothing: each share recalls its gateways' as they speak.</summary>
    public Task<int> RecallAsync(CancellationToken cancellation) => Task.FromResult(0);

    /// <inheritdoc/>
    public Task RehearseAsync(CancellationToken cancellation) => router.RehearseAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<MessageOutcome> AcceptAsync(in InboundMessage message) =>
        Share.Of(message.Topic) is { } share ? new(router.PostAsync(share, message)) : pipeline.AcceptAsync(message);
}
