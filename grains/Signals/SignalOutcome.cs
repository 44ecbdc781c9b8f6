namespace CivicSignals.Signals;

/// <summary>What became of an accepted signal. Every received message ends as one of these, or as rejected or failed with a reason.</summary>
public enum SignalOutcome : byte
{
    /// <summary>No evidence of anything; nothing durable changed.</summary>
    Ambient,

    /// <summary>Known already; nothing changed.</summary>
    Repeated,

    /// <summary>New evidence, or the end of some: committed to the ledger when this is returned.</summary>
    Evidence,
}
