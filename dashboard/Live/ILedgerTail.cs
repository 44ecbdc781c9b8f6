namespace CivicSignals.Dashboard.Live;

/// <summary>Follows the ledger by its sequence; looks by itself, and at once when it is woken.</summary>
public interface ILedgerTail
{
    /// <summary>Has it look at the ledger now. Cheap, never blocks.</summary>
    void Wake();
}
