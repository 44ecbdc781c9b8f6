namespace CivicSignals.Silos;

/// <summary>Says of the silo that its key names (<see cref="SiloAddress.ToParsableString"/>) whether it reaches the ledger.</summary>
[Alias("ledger-witness")]
public interface ILedgerWitness : IGrainWithStringKey
{
    /// <summary>Whether it did just now.</summary>
    [Alias("reaches")]
    Task<bool> ReachesAsync(CancellationToken cancellation);
}
