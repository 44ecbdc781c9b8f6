using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CivicSignals.Silo.Telemetry;

/// <summary>Not ready before the start is complete, nor while stopping.</summary>
internal sealed class LifetimeHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Unhealthy("starting")
            : lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("stopping")
            : HealthCheckResult.Healthy());
}
