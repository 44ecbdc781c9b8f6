using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Intake;

/// <summary>Hands each message to the machine that reads its owner's; what is nobody's is refused here.</summary>
internal sealed class ClusterIntake : IMessageIntake
{
    private readonly SignalPipeline _pipeline;
    private readonly ShareMailbox[] _shares;

    public ClusterIntake(SignalPipeline pipeline, IGrainFactory grains, TimeProvider time, ILogger<ClusterIntake> log)
    {
        _pipeline = pipeline;
        _shares = [.. Enumerable.Range(0, Share.Count).Select(share => new ShareMailbox(grains.GetGrain<IIntakeGrain>(share), pipeline, time, log))];
    }

    /// <summary>Nothing: each share recalls its gateways' as they speak.</summary>
    public Task<int> RecallAsync(CancellationToken cancellation) => Task.FromResult(0);

    /// <inheritdoc/>
    public ValueTask<MessageOutcome> AcceptAsync(in InboundMessage message) =>
        Share.Of(message.Topic) is { } share ? new(_shares[share].PostAsync(message)) : _pipeline.AcceptAsync(message);
}
