using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>A message under way, and the promise to say what became of it.</summary>
internal sealed class Parcel(in InboundMessage message)
{
    public InboundMessage Message { get; } = message;

    public TaskCompletionSource<MessageOutcome> Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
