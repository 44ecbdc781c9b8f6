namespace CivicSignals.Ledger;

/// <summary>Tells every silo that the ledger has grown, on <see cref="LedgerHead"/>.</summary>
public interface ILedgerAnnouncer
{
    /// <summary>
    /// Says that entries up to <paramref name="seq"/> are committed. Returns at once and never throws: announcements are gathered and the
    /// highest is published; one that is lost costs a listener its own polling interval.
    /// </summary>
    void Announce(long seq);
}
