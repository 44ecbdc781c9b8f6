namespace CivicSignals.Ledger;

/// <summary>
/// The Orleans stream that tells every silo that the ledger has grown. It carries the sequence number only: a listener reads the
/// ledger from where it stands, so order and completeness come from the ledger and a lost push only costs the tail's delay.
/// </summary>
public static class LedgerHead
{
    /// <summary>Name of the stream provider.</summary>
    public const string Provider = "ledger";

    /// <summary>The one stream: <c>long</c>, the highest sequence number known to be committed.</summary>
    public static readonly StreamId Id = StreamId.Create("ledger", "head");
}
