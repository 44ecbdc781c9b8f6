using CivicSignals.Ingest.Pipeline;
using CivicSignals.Placement;
using Orleans.Concurrency;

namespace CivicSignals.Ingest.Intake;

/// <inheritdoc/>
[Reentrant, NamedSiloPlacement]
internal sealed class IntakeDesk : Grain, IIntakeDesk
{
    public Task<MessageOutcome[][]> TakeAsync(IntakeBatch[] batches) =>
        Task.WhenAll(Array.ConvertAll(batches, batch => GrainFactory.GetGrain<IIntakeGrain>(batch.Share).TakeAsync(new(batch.Messages), CancellationToken.None)));
}
