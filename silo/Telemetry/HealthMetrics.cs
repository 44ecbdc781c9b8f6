using System.Diagnostics.Metrics;
using CivicSignals.Accounting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CivicSignals.Silo.Telemetry;

/// <summary>
/// The health checks as a measure: one that is asked while nobody scrapes /health/ready, and that alert rules can name. It logs what changes; the checks
/// themselves would say so each time that a load balancer asks.
/// </summary>
internal sealed class HealthMetrics : IHealthCheckPublisher
{
    private readonly ILogger _log;
    private volatile HealthReport? _last;

    public HealthMetrics(IMeterFactory meters, ILogger<HealthMetrics> log)
    {
        _log = log;
        meters.Create(MessageAccount.MeterName).CreateObservableGauge("civicsignals.health", Read, "{check}", "1 while a check of /health/ready passes, else 0, by check; not of starting and stopping");
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (check, entry) in report.Entries)
        {
            var (was, isNow) = (IsHealthy(_last, check), entry.Status == HealthStatus.Healthy);
            if (was && !isNow)
                _log.NotReady(check, entry.Description ?? entry.Exception?.Message ?? "");
            else if (!was && isNow)
                _log.ReadyAgain(check);
        }

        _last = report;
        return Task.CompletedTask;
    }

    /// <summary>What has not been looked at is taken to be well.</summary>
    private static bool IsHealthy(HealthReport? report, string check) =>
        report is null || !report.Entries.TryGetValue(check, out var entry) || entry.Status == HealthStatus.Healthy;

    private IEnumerable<Measurement<int>> Read() => _last is not { } last
        ? []
        : last.Entries.Select(entry => new Measurement<int>(entry.Value.Status == HealthStatus.Healthy ? 1 : 0, new KeyValuePair<string, object?>("check", entry.Key)));
}
