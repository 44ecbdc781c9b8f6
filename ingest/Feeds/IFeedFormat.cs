namespace CivicSignals.Ingest.Feeds;

/// <summary>Reads one feed's bodies. Called for one body at a time.</summary>
internal interface IFeedFormat
{
    /// <summary>
    /// Reads a body; what is wrong with it, or with an item, is in the reading. What it keeps besides signals is on disk when the task completes.
    /// </summary>
    /// <exception cref="Ledger.LedgerUnavailableException">It could not be kept now.</exception>
    Task<FeedReading> ReadAsync(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellation);
}
