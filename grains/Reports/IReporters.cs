using CivicSignals.Homes;

namespace CivicSignals.Reports;

/// <summary>Residents who reported or answered, as what is kept of them names them: by pseudonym. All members are thread-safe.</summary>
public interface IReporters
{
    /// <summary>
    /// Takes a reporter out of all that is kept: evidence, incidents, alerts, what areas have learnt, and answers with their notes. Incidents and counts stay.
    /// When it returns, nothing on disk names the reporter. After a failure: do it again.
    /// </summary>
    /// <param name="reporter">The pseudonym, as in the source <c>reports/{pseudonym}</c>.</param>
    /// <param name="cancellation">Gives up waiting before anything is written.</param>
    /// <exception cref="Ledger.LedgerUnavailableException">The database cannot be read or written now.</exception>
    Task<ErasureReport> EraseAsync(string reporter, CancellationToken cancellation);
}
