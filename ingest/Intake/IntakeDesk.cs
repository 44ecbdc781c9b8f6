using CivicSignals.Ingest.Pipeline;
using CivicSignals.Placement;
using Orleans.Concurrency;

namespace CivicSignals.Ingest.Intake;

/// <inheritdoc/>
[Reentrant, NamedSiloPlacement]
internal sealed class IntakeDesk(IGrainFactory grains) : Grain, IIntakeDesk
{
    // Kept: to make a reference costs more than the call.
    private readonly IIntakeGrain[] _shares = [.. Enumerable.Range(0, Share.Count).Select(share => grains.GetGrain<IIntakeGrain>(share))];

    public Task<MessageOutcome[][]> TakeAsync(IntakeBatch[] batches) =>
        Task.WhenAll(Array.ConvertAll(batches, batch => _shares[batch.Share].TakeAsync(new(batch.Messages), CancellationToken.None)));
}
