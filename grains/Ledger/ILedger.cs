namespace CivicSignals.Ledger;

/// <summary>The only durable truth, as area grains write it. All members are thread-safe.</summary>
public interface ILedger
{
    /// <summary>The area's state as last committed, or null when it has none.</summary>
    /// <exception cref="LedgerUnavailableException">The database cannot be read now.</exception>
    Task<AreaSnapshot?> LoadAsync(string area, CancellationToken cancellation);

    /// <summary>
    /// Commits together with whatever other areas commit at the same time. When the task completes with
    /// <see cref="CommitResult.Committed"/>, the whole commit has been synced to disk.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Unknown outcome: the commit may or may not be on disk. Reload before going on.</exception>
    Task<CommitResult> CommitAsync(AreaCommit commit);

    /// <summary>Areas that have something to close at or before a moment, the longest overdue first.</summary>
    Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation);
}

/// <summary>The ledger cannot be read or written now. Nothing that depended on it may be acknowledged.</summary>
[GenerateSerializer]
[Alias("ledger-unavailable")]
public sealed class LedgerUnavailableException : Exception
{
    public LedgerUnavailableException() { }
    public LedgerUnavailableException(string message) : base(message) { }
    public LedgerUnavailableException(string message, Exception inner) : base(message, inner) { }
}
