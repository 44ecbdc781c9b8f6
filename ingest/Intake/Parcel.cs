using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>A message under way, and the promise to say what became of it.</summary>
/// <param name="number">Its place in the order of arrival on this machine.</param>
/// <param name="postedAt">When, a timestamp of <see cref="TimeProvider"/>.</param>
/// <param name="message">What.</param>
internal sealed class Parcel(long number, long postedAt, in InboundMessage message)
{
    public long Number => number;

    public long PostedAt => postedAt;

    public InboundMessage Message { get; } = message;

    public TaskCompletionSource<MessageOutcome> Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
