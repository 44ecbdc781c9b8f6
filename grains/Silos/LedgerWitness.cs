using CivicSignals.Placement;

namespace CivicSignals.Silos;

/// <inheritdoc/>
[NamedSiloPlacement]
public sealed class LedgerWitness(LedgerSight sight) : Grain, ILedgerWitness
{
    public Task<TimeSpan> LastingAsync(CancellationToken cancellation) => Task.FromResult(sight.Lasting);
}
