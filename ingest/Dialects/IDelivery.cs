namespace CivicSignals.Ingest;

/// <summary>What a dialect remembers of a message that it decoded.</summary>
internal interface IDelivery
{
    /// <summary>The message did not arrive at its area and will come again: do not take it for a repeat then.</summary>
    void Undelivered();
}
