using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Intake;

/// <summary>Takes what other machines have for the shares of its own one, so that a call carries messages of many senders. Its key names the silo.</summary>
[Alias("intake-desk")]
internal interface IIntakeDesk : IGrainWithStringKey
{
    /// <summary>Hands each batch to its share. Promises as <see cref="IIntakeGrain.TakeAsync"/>.</summary>
    /// <returns>As many outcomes as messages, batch by batch.</returns>
    [Alias("take")]
    Task<MessageOutcome[][]> TakeAsync(IntakeBatch[] batches);
}
