namespace CivicSignals.Ingest.Pipeline;

/// <summary>Where messages from outside go in.</summary>
internal interface IMessageIntake
{
    /// <inheritdoc cref="SignalPipeline.AcceptAsync"/>
    ValueTask<MessageOutcome> AcceptAsync(in InboundMessage message);
}
