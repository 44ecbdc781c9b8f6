namespace CivicSignals.Ledger;

/// <summary>Tells every silo that the ledger has grown. Never blocks and never throws: a lost announcement costs the tail's delay.</summary>
public interface ILedgerAnnouncer
{
    /// <param name="seq">A sequence number that has been committed.</param>
    void Announce(long seq);
}
