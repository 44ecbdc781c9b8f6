using System.Diagnostics.Metrics;
using CivicSignals.Silo.Telemetry;
using CivicSignals.Tests.Dashboard.Deliveries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Tests.Silo.Telemetry;

public sealed class HealthMetricsTests
{
    [Fact]
    public async Task Publish_ManyLooksAtAnOutage_LogsItsBeginningAndItsEnd()
    {
        var lines = new LoggedLines();
        await using var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(lines)).BuildServiceProvider();
        var health = new HealthMetrics(services.GetRequiredService<IMeterFactory>(), services.GetRequiredService<ILogger<HealthMetrics>>());

        foreach (var isWell in (bool[])[true, false, false, false, true, true])
            await health.PublishAsync(Report(isWell), TestContext.Current.CancellationToken);

        Assert.Equal(["Warning: Not ready: ledger: the disk is full", "Information: Ready again: ledger"], lines.All.Select(line => line.Trim()));
    }

    private static HealthReport Report(bool isWell) => new(
        new Dictionary<string, HealthReportEntry>
        {
            ["ledger"] = new(isWell ? HealthStatus.Healthy : HealthStatus.Unhealthy, isWell ? null : "the disk is full", TimeSpan.Zero, null, null),
            ["broker"] = new(HealthStatus.Healthy, null, TimeSpan.Zero, null, null),
        },
        TimeSpan.Zero);
}
