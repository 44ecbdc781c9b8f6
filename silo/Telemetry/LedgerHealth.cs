using CivicSignals.Ledger;
using CivicSignals.Silo.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CivicSignals.Silo.Telemetry;

/// <summary>Ready only while the ledger can be read and written.</summary>
internal sealed class LedgerHealth(ILedgerStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ProbeAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (LedgerUnavailableException e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }
}
