using System.Net;
using CivicSignals.Ledger;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CivicSignals.Tests.Silo.Telemetry;

public sealed class TelemetryTests
{
    private static readonly string[] Families =
    [
        "civicsignals_messages_received_total",
        "civicsignals_messages_settled_total",
        "civicsignals_messages_in_flight",
        "civicsignals_ledger_commit_duration_seconds_bucket{otel_scope_name=\"CivicSignals\",le=\"0.0005\"}",
        "civicsignals_ledger_group_size_bucket",
        "civicsignals_ledger_commits_total",
        "civicsignals_ledger_entries_total",
        "orleans_catalog_activations",
        "http_server_request_duration_seconds_bucket",
        "dotnet_gc_collections_total",
    ];

    [Fact]
    public async Task Metrics_AfterACommit_HoldEveryFamilyThatDashboardsUse()
    {
        await using var platform = await RunningPlatform.StartAsync();
        var ledger = platform.App.Services.GetRequiredService<ILedger>();
        await ledger.CommitAsync(new AreaCommit("0313", 0, new byte[] { 1 }, null, [new LedgerEntry(0, EntryType.Incident, default, "0313", "i1", new byte[] { 1 })]));
        await platform.Http.GetAsync("/health/live");

        var scrape = await platform.Http.GetStringAsync("/metrics");

        Assert.All(Families, family => Assert.Contains(family, scrape, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_Serving_IsLiveAndReady()
    {
        await using var platform = await RunningPlatform.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await platform.Http.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await platform.Http.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Health_ACheckFails_IsLiveButNotReady()
    {
        await using var platform = await RunningPlatform.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("broken", () => HealthCheckResult.Unhealthy(), tags: ["ready"]));

        Assert.Equal(HttpStatusCode.OK, (await platform.Http.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await platform.Http.GetAsync("/health/ready")).StatusCode);
    }
}
