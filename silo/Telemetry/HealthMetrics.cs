using System.Diagnostics.Metrics;
using CivicSignals.Accounting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CivicSignals.Silo.Telemetry;

/// <summary>The health checks as a measure: one that is asked while nobody scrapes /health/ready, and that alert rules can name.</summary>
internal sealed class HealthMetrics : IHealthCheckPublisher
{
    private volatile HealthReport? _last;

    public HealthMetrics(IMeterFactory meters) =>
        meters.Create(MessageAccount.MeterName).CreateObservableGauge("civicsignals.health", Read, "{check}", "1 while a check of /health/ready passes, else 0, by check; not of starting and stopping");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        _last = report;
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<int>> Read() => _last is not { } last
        ? []
        : last.Entries.Select(entry => new Measurement<int>(entry.Value.Status == HealthStatus.Healthy ? 1 : 0, new KeyValuePair<string, object?>("check", entry.Key)));
}
