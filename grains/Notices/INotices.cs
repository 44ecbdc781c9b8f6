namespace CivicSignals.Notices;

/// <summary>What pages and API read of notices. All members are thread-safe.</summary>
/// <exception cref="Ledger.LedgerUnavailableException">Any member: the database cannot be read now.</exception>
public interface INotices
{
    /// <summary>Notices in force whose bounds touch a box, the last sent first. Those without a shape are in no box.</summary>
    /// <param name="box">South, west, north and east, degrees; null: everywhere, those without a shape included.</param>
    /// <param name="now">The moment that they are in force at.</param>
    /// <param name="limit">1..1,000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<Notice>> CurrentAsync((double South, double West, double North, double East)? box, DateTimeOffset now, int limit, CancellationToken cancellation);
}
