using CivicSignals.Homes;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ledger;
using CivicSignals.Reports;

namespace CivicSignals.Ingest.Reports;

/// <summary>Erases reporters as homes are erased: areas first, then everything else.</summary>
internal sealed class Reporters(IRegistryStore store, HomeAreas areas) : IReporters
{
    public async Task<ErasureReport> EraseAsync(string reporter, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var revision = HomeRevision.OfReporter(reporter);
        await areas.DrainAsync(); // What was said just now has arrived.
        await areas.TellAsync(revision);
        var (entries, incidents) = await store.EraseAsync(revision, CancellationToken.None);
        return new ErasureReport(entries, incidents, StandsInFile: false);
    }
}
