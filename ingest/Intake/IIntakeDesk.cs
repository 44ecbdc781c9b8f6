using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>
/// Takes what machines have for the shares of its own one, so that a call carries messages of many senders, and has it read in the order in which it was received, whoever received it.
/// Its key names the silo.
/// </summary>
[Alias("intake-desk")]
internal interface IIntakeDesk : IGrainWithStringKey
{
    /// <summary>Takes messages to their shares. Each outcome promises as <see cref="IIntakeGrain.TakeAsync"/>.</summary>
    /// <param name="batches">Each with one message at least.</param>
    /// <returns>As many outcomes as messages, batch by batch; null for a batch of which something was not taken: it is to come again.</returns>
    [Alias("take")]
    Task<MessageOutcome[]?[]> TakeAsync(IntakeBatch[] batches);
}
