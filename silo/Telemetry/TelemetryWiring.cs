using CivicSignals.Accounting;
using CivicSignals.Ingest.Pipeline;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;

namespace CivicSignals.Silo.Telemetry;

/// <summary>Metrics for Prometheus, and the two health addresses.</summary>
internal static class TelemetryWiring
{
    /// <summary>Health checks with this tag decide whether the platform is ready; others may add theirs.</summary>
    public const string Ready = "ready";

    private const string Lifetime = "lifetime";

    private static readonly TimeSpan FirstCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(10);
    private static readonly double[] RequestSeconds = [.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10];
    private static readonly double[] CallMilliseconds = [.1, .2, .5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 30000];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(MessageAccount.MeterName, "Microsoft.Orleans", "System.Runtime")
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { Boundaries = RequestSeconds })
            .AddView("orleans-app-requests-latency", new ExplicitBucketHistogramConfiguration { Boundaries = CallMilliseconds })
            .AddPrometheusExporter());
        builder.Services.AddHealthChecks()
            .AddCheck<LifetimeHealth>(Lifetime, tags: [Ready])
            .AddCheck<LedgerHealth>("ledger", tags: [Ready]);
        builder.Services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        builder.Services.Configure<HealthCheckPublisherOptions>(options =>
        {
            (options.Delay, options.Period) = (FirstCheck, CheckPeriod);
            options.Predicate = check => check.Tags.Contains(Ready) && check.Name != Lifetime; // Starting and stopping are no news, and would be logged as failures.
        });
    }

    public static void MapTelemetry(this WebApplication app)
    {
        // Made now, so that its counters stand on the first scrape, at zero.
        app.Services.GetRequiredService<MessageAccount>().Expect(Reasons.AreaUnavailable, Reasons.MemoryUnavailable, Reasons.IntakeUnavailable);
        app.MapPrometheusScrapingEndpoint("/metrics");

        // Alive is all that answers: a slow disk or a busy grain must not get the process killed.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}
