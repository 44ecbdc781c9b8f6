using CivicSignals.Placement;

namespace CivicSignals.Silos;

/// <inheritdoc/>
[NamedSiloPlacement]
public sealed class LedgerWitness(LedgerSight sight) : Grain, ILedgerWitness
{
    public Task<bool> ReachesAsync(CancellationToken cancellation) => Task.FromResult(sight.IsReached);
}
