namespace CivicSignals.Ledger;

/// <summary>Takes out of the database what has been kept for long enough, a little at a time, so that nobody who commits waits for it.</summary>
public interface IRetention
{
    /// <summary>
    /// Does the next piece of work: a transaction or a few, of some hundred incidents at most. What it removed is on disk as removed when the task completes.
    /// Only closed incidents are touched. To be called again until <see cref="RetentionStep.IsDone"/>; by one silo at a time.
    /// </summary>
    /// <param name="policy">How long what is kept.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellation">Gives up between transactions.</param>
    /// <exception cref="LedgerUnavailableException">The database cannot be read or written now; what was done before stays done.</exception>
    Task<RetentionStep> StepAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>What a step did.</summary>
/// <param name="Reduced">Incidents reduced to what statistics need.</param>
/// <param name="Removed">Incidents removed with all their entries.</param>
/// <param name="Entries">Ledger entries removed, of either.</param>
/// <param name="Beside">Rows removed from the tables beside the ledger.</param>
/// <param name="IsDone">Whether nothing more is due.</param>
public readonly record struct RetentionStep(int Reduced, int Removed, int Entries, int Beside, bool IsDone)
{
    /// <summary>Both together; done when both are.</summary>
    public RetentionStep And(RetentionStep other) =>
        new(Reduced + other.Reduced, Removed + other.Removed, Entries + other.Entries, Beside + other.Beside, IsDone && other.IsDone);
}
