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
        if (!messages.TryFind(number, out var message))
            return null;
        var outcome = await intake.AcceptAsync(message);
        if (outcome.Status != MessageStatus.Failed) // Nobody else sends it again.
        {
            messages.Drop(number);
            letters.Drop($"{this.GetPrimaryKeyString()}/{number}");
        }

        return outcome.Reason ?? outcome.Signal.ToString().ToLowerInvariant();
    }
}
