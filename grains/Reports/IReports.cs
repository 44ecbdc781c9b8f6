namespace CivicSignals.Reports;

/// <summary>Takes what residents say. All members are thread-safe.</summary>
public interface IReports
{
    /// <summary>
    /// Takes one report, whatever is in it, and counts it once. When the task completes with <see cref="ReportStatus.Taken"/>, everything that it changed
    /// is on disk. Expected refusals are answers; it does not throw for what a report says.
    /// </summary>
    Task<ReportOutcome> OfferAsync(Report report);
}
