using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Dashboard.Live;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Operations;

/// <summary>What a running platform exposes on /metrics: what is there already, and what will be when it first happens.</summary>
public sealed class ExposedMetrics : IAsyncLifetime
{
    private static readonly string[] Meters =
        [MessageAccount.MeterName, "Microsoft.Orleans", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Written by Prometheus itself.</summary>
    private const string OfPrometheus = "up";

    private readonly ConcurrentDictionary<Instrument, bool> _instruments = new();

    /// <summary>The text of a scrape.</summary>
    public string Scrape { get; private set; } = "";

    /// <summary>Names of the families that were scraped.</summary>
    public IReadOnlySet<string> Families => Regex.Matches(Scrape, "^# TYPE ([^ ]+) ", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>Names of the families of all instruments.</summary>
    internal IReadOnlySet<string> Declared => _instruments.Keys.Select(PrometheusName.Of).ToHashSet();

    public async ValueTask InitializeAsync()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
                _instruments.TryAdd(instrument, true);
        };
        listener.Start();

        // A feed that nobody answers for, so that feeds are measured.
        await using var platform = await RunningPlatform.StartAsync(builder => builder.Configuration.AddInMemoryCollection(
            [new("Feeds:0:Url", "http://127.0.0.1:9/feed"), new("Feeds:0:Format", "cap"), new("Feeds:0:Name", "agency")]));
        foreach (var type in (Type[])[typeof(AreaMetrics), typeof(DeliveryMetrics), typeof(LiveSeats)])
            platform.App.Services.GetRequiredService(type);
        await platform.Http.GetAsync("/health/ready");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        do
            Scrape = await platform.Http.GetStringAsync("/metrics", late.Token);
        while (!Scrape.Contains("civicsignals_health{", StringComparison.Ordinal)); // The checks are asked for the first time a second after the start.
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Those of the names in an expression that nothing exposes.</summary>
    internal IEnumerable<string> MissingIn(string expression) => PromQl.MetricsIn(expression)
        .Except(_instruments.Keys.SelectMany(PrometheusName.Series))
        .Where(name => name != OfPrometheus);
}
