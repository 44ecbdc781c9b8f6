using CivicSignals.Accounting;
using CivicSignals.Placement;
using Orleans.Concurrency;

namespace CivicSignals.Ingest.Pipeline;

/// <inheritdoc/>
[Reentrant, NamedSiloPlacement]
internal sealed class RejectedMessagesGrain(RejectedMessages messages, DeadLetters letters, IMessageIntake intake) : Grain, IRejectedMessages
{
    public async Task<string?> SendAgainAsync(long number, CancellationToken cancellation)
    {
        if (!messages.TryTake(number, out var message))
            return null;
        letters.Drop($"{this.GetPrimaryKeyString()}/{number}");
        var outcome = await intake.AcceptAsync(message);
        return outcome.Reason ?? outcome.Signal.ToString().ToLowerInvariant();
    }
}
