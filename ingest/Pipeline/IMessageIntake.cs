namespace CivicSignals.Ingest.Pipeline;

/// <summary>Where messages from outside go in.</summary>
internal interface IMessageIntake
{
    /// <inheritdoc cref="SignalPipeline.AcceptAsync"/>
    ValueTask<MessageOutcome> AcceptAsync(in InboundMessage message);

    /// <summary>Reads back what gateways said about their devices, where that is needed before the first message.</summary>
    /// <returns>How many messages were recalled.</returns>
    Task<int> RecallAsync(CancellationToken cancellation);

    /// <summary>Makes ready what the first message would else wait for. Fails only by its token.</summary>
    Task RehearseAsync(CancellationToken cancellation) => Task.CompletedTask;
}
