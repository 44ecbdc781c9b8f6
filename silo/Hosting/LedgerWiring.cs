using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Notices;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.Hosting;

/// <summary>The ledger and who works on it in the background.</summary>
internal static class LedgerWiring
{
    /// <summary>Before the grains: what is registered first starts first and stops last.</summary>
    public static void AddLedger(this IHostApplicationBuilder builder)
    {
        builder.AddSection<DataOptions>("Data", options => options.Problems());
        builder.AddSection<LedgerOptions>("Ledger", options => options.Problems());
        builder.Services.AddSingleton<LedgerMetrics>();
        builder.Services.AddSingleton(services => SqliteStore.Open(
            services.GetRequiredService<IOptions<DataOptions>>().Value.Path,
            services.GetRequiredService<IOptions<LedgerOptions>>().Value.MaxMiB,
            services.GetRequiredService<LedgerMetrics>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<SqliteStore>>()));
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Ledger);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Reader);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Users);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Gateways);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Homes);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Facts);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Posts);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Questions);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Deliveries);
        builder.Services.AddSingleton<IHomeFacts>(services => services.GetRequiredService<SqliteStore>().Facts);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().Notices);
        builder.Services.AddSingleton<INotices>(services => services.GetRequiredService<SqliteStore>().Notices);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().FeedItems);
        builder.Services.AddSingleton(services => services.GetRequiredService<SqliteStore>().FalseCalls);
    }

    /// <summary>After the grains: these call them.</summary>
    public static void AddLedgerWork(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkMetrics>();
        builder.Services.AddSingleton<LedgerAnnouncer>();
        builder.Services.AddSingleton<ILedgerAnnouncer>(services => services.GetRequiredService<LedgerAnnouncer>());
        builder.Services.AddHostedService(services => services.GetRequiredService<LedgerAnnouncer>());
        builder.Services.AddHostedService<AreaClock>();
        builder.Services.AddHostedService<Keeping>();
    }
}
