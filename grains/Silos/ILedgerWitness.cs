namespace CivicSignals.Silos;

/// <summary>Says of the silo that its key names (<see cref="SiloAddress.ToParsableString"/>) for how long it has reached the ledger.</summary>
[Alias("ledger-witness")]
public interface ILedgerWitness : IGrainWithStringKey
{
    /// <summary>As <see cref="LedgerSight.Lasting"/>.</summary>
    [Alias("lasting")]
    Task<TimeSpan> LastingAsync(CancellationToken cancellation);
}
