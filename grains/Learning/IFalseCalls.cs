namespace CivicSignals.Learning;

/// <summary>What pages and API read of premises' false calls. All members are thread-safe and see what is committed.</summary>
/// <exception cref="Ledger.LedgerUnavailableException">Any member: the database cannot be read now.</exception>
public interface IFalseCalls
{
    /// <summary>Premises with false calls that count: the furthest step first, then the newest call.</summary>
    /// <param name="limit">1..1,000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<FalseCallStanding>> ListAsync(int limit, CancellationToken cancellation);

    /// <summary>Where one premises stands, by hazard and service; empty: nowhere.</summary>
    Task<IReadOnlyList<FalseCallStanding>> OfPremisesAsync(string premises, CancellationToken cancellation);
}
