using System.Net;
using CivicSignals.Duties;
using CivicSignals.Ledger;
using CivicSignals.Silo.Storage.Postgres;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;

namespace CivicSignals.Silo.Hosting.Cluster;

/// <summary>Several silos as one platform, on one PostgreSQL.</summary>
internal static class ClusterWiring
{
    /// <summary>Between silos: a caller is told that it waits in vain well before its own caller gives up.</summary>
    private static readonly TimeSpan Response = TimeSpan.FromSeconds(10);

    /// <summary>Whether there may be other silos: they find one another by the ledger that they share.</summary>
    public static bool IsClustered(this IHostApplicationBuilder builder) => builder.Configuration["Ledger:ConnectionString"] is { Length: > 0 };

    /// <summary>What silos share besides the ledger itself: duties, keys, and what each must know of the others' changes.</summary>
    public static void AddCluster(this IHostApplicationBuilder builder)
    {
        builder.AddSection<ClusterOptions>("Cluster", options => options.Problems());
        if (!builder.IsClustered())
        {
            builder.Services.AddSingleton<IDuties, SoleMachine>();
            return;
        }

        builder.Services.AddSingleton(services => new PostgresDatabase(services.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddSingleton<PostgresLeases>();
        builder.Services.AddSingleton<IRegistryChanges, PostgresRegistryChanges>();
        builder.Services.AddSingleton<IHeadPush, NotifyPush>();
        builder.Services.AddHostedService<NotifyListener>();
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<StepDown>(
            services, new PostgresLedgerReader(services.GetRequiredService<PostgresDatabase>()), (Action<string>)Environment.FailFast)); // Not behind the ledger's own statements.
        builder.Services.AddSingleton<IDuties>(services => new LeasedDuties(
            services.GetRequiredService<PostgresLeases>(),
            Guid.NewGuid().ToString("N"), // A name of its own for each start: what an earlier one held ends by itself.
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<LeasedDuties>>()));
        builder.Services.AddOptions<KeyManagementOptions>().PostConfigure<NpgsqlDataSource>((keys, source) => keys.XmlRepository = new PostgresKeys(source));
    }

    /// <summary>
    /// Orleans' own part. A silo that dies is voted out in about two seconds, one that hangs in four to five; one that is only slow is not, for it answers some probe.
    /// Figures: docs/reliability.md.
    /// </summary>
    public static void UseCluster(this ISiloBuilder silo)
    {
        silo.UseAdoNetClustering(options => options.Configure<NpgsqlDataSource>((clustering, source) => (clustering.Invariant, clustering.DataSource) = ("Npgsql", source)));
        silo.Services.AddOptions<Orleans.Configuration.ClusterOptions>().Configure<IOptions<ClusterOptions>>((orleans, ours) => (orleans.ServiceId, orleans.ClusterId) = (ours.Value.Id, ours.Value.Id));
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<ClusterOptions>>((endpoint, ours) =>
        {
            endpoint.AdvertisedIPAddress = IPAddress.Parse(ours.Value.Address);
            (endpoint.SiloPort, endpoint.GatewayPort) = (ours.Value.Port, 0);
            endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, ours.Value.Port);
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 2;
            options.MinProbeTimeout = options.ProbeTimeout; // Else, as answers are quick, half of it: too little for a machine that is busy for a second.
            options.MaxProbeTimeout = TimeSpan.FromSeconds(2); // Times the probes missed, it is how long a silo that has hung is still taken for alive because it was heard from.
            options.TableRefreshTimeout = TimeSpan.FromSeconds(2); // A silo that was cut off from the others learns here that they have declared it dead.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            options.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);
        });
        // Why the ledger could not be written goes to callers on other silos: an answer that cannot be sent is one that they wait for in vain.
        silo.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add("Npgsql"));
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = options.SystemResponseTimeout = Response);
    }
}
