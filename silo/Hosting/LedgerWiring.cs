using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Notices;
using CivicSignals.Silo.Hosting.Cluster;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Postgres;
using CivicSignals.Silo.Storage.Sqlite;
using CivicSignals.Silo.Telemetry;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CivicSignals.Silo.Hosting;

/// <summary>The ledger and who works on it in the background.</summary>
internal static class LedgerWiring
{
    /// <summary>A service manager that gives up after some starts in a row (docs/operations/systemd) does not come to that by starts that last so long.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);

    /// <summary>Before the grains: what is registered first starts first and stops last.</summary>
    public static void AddLedger(this IHostApplicationBuilder builder)
    {
        builder.AddSection<DataOptions>("Data", options => options.Problems());
        builder.AddSection<LedgerOptions>("Ledger", options => options.Problems());
        builder.AddSection<RetentionOptions>("Retention", options => options.Problems());
        builder.Services.AddSingleton<LedgerMetrics>();
        builder.Services.AddSingleton(services => PostgresSource.Create(services.GetRequiredService<IOptions<LedgerOptions>>().Value.ConnectionString));
        builder.Services.AddSingleton(Open);
        builder.AddStore(store => store.Ledger);
        builder.AddStore(store => store.Reader);
        builder.AddStore(store => store.Users);
        builder.AddStore(store => store.Gateways);
        builder.AddStore(store => store.Homes);
        builder.AddStore(store => store.Facts);
        builder.AddStore<IHomeFacts>(store => store.Facts);
        builder.AddStore(store => store.Posts);
        builder.AddStore(store => store.Questions);
        builder.AddStore(store => store.Deliveries);
        builder.AddStore(store => store.Notices);
        builder.AddStore<INotices>(store => store.Notices);
        builder.AddStore(store => store.FeedItems);
        builder.AddStore(store => store.FalseCalls);
        builder.AddStore(store => store.Retention);
    }

    /// <summary>After the grains: these call them.</summary>
    public static void AddLedgerWork(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkMetrics>();
        if (!builder.IsClustered())
            builder.Services.AddSingleton<IHeadPush, StreamPush>();
        builder.Services.AddSingleton<LedgerAnnouncer>();
        builder.Services.AddSingleton<ILedgerAnnouncer>(services => services.GetRequiredService<LedgerAnnouncer>());
        builder.Services.AddHostedService(services => services.GetRequiredService<LedgerAnnouncer>());
        builder.Services.AddHostedService<AreaClock>();
        builder.Services.AddHostedService<Keeping>();
        builder.Services.AddHostedService<SiloReporter>();
    }

    private static ILedgerStore Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<LedgerOptions>>().Value;
        var metrics = services.GetRequiredService<LedgerMetrics>();
        var time = services.GetRequiredService<TimeProvider>();
        if (options.ConnectionString.Length > 0)
        {
            var (source, log) = (services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<ILogger<PostgresStore>>());
            source.AwaitServer(StartPatience, time, reason => log.WaitingForDatabase(reason, StartPatience));
            return PostgresStore.Open(source, metrics, time, log);
        }

        var data = services.GetRequiredService<IOptions<DataOptions>>().Value;
        return SqliteStore.Open(data.Path, options.MaxMiB, metrics, time, services.GetRequiredService<ILogger<SqliteStore>>());
    }

    private static void AddStore<TStore>(this IHostApplicationBuilder builder, Func<ILedgerStore, TStore> store)
        where TStore : class =>
        builder.Services.AddSingleton(services => store(services.GetRequiredService<ILedgerStore>()));
}
