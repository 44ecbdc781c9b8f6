using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Feeds;
using CivicSignals.Homes;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Dialects.Ecall;
using CivicSignals.Ingest.Dialects.EspHome;
using CivicSignals.Ingest.Dialects.HomeAssistant;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Dialects.Homie;
using CivicSignals.Ingest.Dialects.Its;
using CivicSignals.Ingest.Dialects.LoRaWan;
using CivicSignals.Ingest.Dialects.Mosquitto;
using CivicSignals.Ingest.Dialects.OwnTracks;
using CivicSignals.Ingest.Dialects.Platform;
using CivicSignals.Ingest.Dialects.Rtl433;
using CivicSignals.Ingest.Dialects.Scaip;
using CivicSignals.Ingest.Dialects.Shelly;
using CivicSignals.Ingest.Dialects.Tasmota;
using CivicSignals.Ingest.Dialects.Vss;
using CivicSignals.Ingest.Dialects.Zigbee2Mqtt;
using CivicSignals.Ingest.Dialects.ZWave;
using CivicSignals.Ingest.Feeds;
using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Mqtt.Broker;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Posts.Classifier;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Reports;
using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;
using CivicSignals.Reports;
using CivicSignals.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest;

/// <summary>Wires ingest.</summary>
public static class IngestServices
{
    /// <summary>
    /// Adds everything from the outside world to the areas: pipeline, dialects, registry, and the embedded MQTT server on <c>Mqtt:Port</c> or the
    /// external broker of <c>Mqtt:Broker</c>, as the configuration says that the builder has by now.
    /// Needs an <see cref="IRegistryStore"/> and an <see cref="IPostStore"/>. A <see cref="RegistrySeed"/> that is registered already is used instead of the registry file.
    /// </summary>
    public static void AddIngest(this WebApplicationBuilder builder)
    {
        builder.Services.AddIntake(); // First: what other machines change is followed before the registry is filled.
        builder.Services.AddHomes();
        builder.Services.AddSignalPipeline();
        builder.Services.AddPosts();
        builder.Services.AddSingleton<PostRecall>();
        builder.Services.AddReports();
        if (string.IsNullOrEmpty(builder.Configuration["Mqtt:Broker"]))
            builder.AddMqttServer();
        else
            builder.Services.AddBroker();
        builder.AddPostStreams();
        builder.Services.AddFeeds();
    }

    /// <summary>The embedded MQTT server.</summary>
    private static void AddMqttServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MqttEndpoint>();
        builder.Services.AddSingleton<IGatewayEntrance>(provider => provider.GetRequiredService<MqttEndpoint>());
        builder.Services.AddSingleton<MqttGate>();
        builder.Services.AddSingleton<MqttEntrance>();
        builder.Services.AddHostedService<MqttService>();
        builder.WebHost.ConfigureKestrel((host, kestrel) =>
        {
            // The server is made before options are validated: nothing that depends on them may be asked for yet, and any port will do
            // where a wrong one is going to be refused.
            var port = ushort.TryParse(host.Configuration["Mqtt:Port"], out var given) ? given : new MqttOptions().Port;
            kestrel.ListenAnyIP(port, listener =>
            {
                kestrel.ApplicationServices.GetRequiredService<MqttEndpoint>().ListensBy(listener);
                listener.Run(connection => kestrel.ApplicationServices.GetRequiredService<MqttEntrance>().OnConnectedAsync(connection));
            });
        });
    }

    /// <summary>An external broker; no MQTT server listens then.</summary>
    private static void AddBroker(this IServiceCollection services)
    {
        services.AddSingleton<BrokerConnection>();
        services.AddSingleton<BrokerTopics>();
        services.AddSingleton<BrokerState>();
        services.AddSingleton<BrokerIntake>();
        services.AddSingleton<IGatewayEntrance, BrokerEntrance>();
        services.AddSingleton<BrokerRehearsal>();
        services.AddHostedService<BrokerService>();
        services.AddHostedService<StoredDescriptions>();
        services.AddHostedService<AbsentSilos>();
        services.AddHealthChecks().AddCheck<BrokerState>("broker", tags: ["ready"]);
    }

    /// <summary>Homes that people change, over an <see cref="IRegistryStore"/>. Before the MQTT server starts, the registry is full.</summary>
    private static void AddHomes(this IServiceCollection services)
    {
        services.AddSingleton<RegistryStart>();
        services.AddHostedService(provider => provider.GetRequiredService<RegistryStart>());
        services.AddSingleton<HomeRecorder>();
        services.AddSingleton<IDeviceSightings>(provider => provider.GetRequiredService<HomeRecorder>());
        services.AddHostedService(provider => provider.GetRequiredService<HomeRecorder>());
        services.AddSingleton<HomeAreas>();
        services.AddSingleton<IHomes, HomeRegistry>();
        services.AddSilence();
    }

    /// <summary>What residents say.</summary>
    internal static void AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportLimits>();
        services.AddSingleton<IReports, ReportDesk>();
        services.AddSingleton<IReporters, Reporters>();
        services.AddSingleton<IPlaceFinder, PostcodeFinder>();
    }

    /// <summary>Feeds that are polled, over an <see cref="IFeedItemStore"/> and an <see cref="INoticeStore"/>.</summary>
    internal static void AddFeeds(this IServiceCollection services)
    {
        services.AddOptions<FeedsOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.All = configuration.GetSection("Feeds").Get<FeedOptions[]>() ?? [];
            options.OwnSender = configuration["Cap:Sender"] ?? options.OwnSender;
        }).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FeedsOptions>, FeedsOptionsValidator>();
        services.AddSingleton<FeedClient>();
        services.AddSingleton<FeedFormats>();
        services.AddSingleton<FeedStates>();
        services.AddSingleton<IFeedStates>(provider => provider.GetRequiredService<FeedStates>());
        services.AddHostedService<FeedService>();
    }

    /// <summary>What homes' silence and their devices' own words mean, over an <see cref="IHomeFactStore"/>. Before the MQTT server starts, what was so is known.</summary>
    internal static void AddSilence(this IServiceCollection services)
    {
        services.AddSingleton(Rhythms.Bundled);
        services.AddSingleton<FactBook>();
        services.AddSingleton<Absences>();
        services.AddSingleton<AlarmEpisodes>();
        services.AddSingleton<IHomeWatch, HomeWatch>();
        services.TryAddSingleton<IWatched, AllWatched>();
        services.AddSingleton<GatewayWatch>();
        services.AddSingleton<DeviceWatch>();
        services.AddSingleton<PowerCutWatch>();
        services.AddSingleton<Nuisances>();
        services.AddSingleton<SilenceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SilenceWatch>());
        services.AddSingleton<GatewayConnections>();
    }

    /// <summary>Adds the pipeline without a network and on a registry that nothing changes: for <c>replay</c>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="registry">Null: as configured, else nobody.</param>
    public static void AddReplayPipeline(this IServiceCollection services, Registry? registry)
    {
        services.AddSingleton(provider => registry ?? (provider.GetRequiredService<IOptions<RegistryOptions>>().Value.File.Length > 0
            ? provider.GetRequiredService<RegistryLoader>().Read()
            : Registry.Empty));
        services.AddSignalPipeline();
        services.AddPosts();
        services.AddSingleton(provider => new RecordedPosts(provider.GetRequiredService<PostIntake>()));
    }

    /// <summary>From posts to signals, over an <see cref="IPostStore"/>. A <see cref="Gazetteer"/> that is registered already says where the places are.</summary>
    internal static void AddPosts(this IServiceCollection services)
    {
        services.TryAddSingleton(Gazetteer.Empty);
        services.AddSingleton<Geoparser>();
        services.AddSingleton<IPostReader>(ClassifiedReader.Bundled);
        services.AddSingleton<PostMemory>();
        services.AddSingleton<PostIntake>();
    }

    /// <summary>Adds what every message goes through.</summary>
    internal static void AddSignalPipeline(this IServiceCollection services)
    {
        services.AddOptions<MqttOptions>().BindConfiguration("Mqtt").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MqttOptions>, MqttOptionsValidator>());
        services.AddOptions<BrokerOptions>().BindConfiguration("Mqtt").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BrokerOptions>, BrokerOptionsValidator>());
        services.TryAddSingleton<HomePrefix>();
        services.AddOptions<RegistryOptions>().BindConfiguration("Registry");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RegistryLoader>();
        services.TryAddSingleton(_ => Registry.Empty);
        services.TryAddSingleton<Strangers>();
        services.TryAddSingleton<IDeviceSightings, NoSightings>();
        services.TryAddSingleton<IHomeWatch, NoHomeWatch>();
        services.TryAddSingleton<IngestMetrics>();
        services.TryAddSingleton<ItsDialect>();
        services.AddSingleton<IHomeDialect, MosquittoDialect>(); // The first that recognises a topic takes it.
        services.AddSingleton<IHomeDialect, Zigbee2MqttDialect>();
        services.AddSingleton<IHomeDialect, TasmotaDialect>();
        services.AddSingleton<IHomeDialect, ShellyDialect>();
        services.AddSingleton<IHomeDialect, ShellyFirstGenerationDialect>();
        services.AddSingleton<IHomeDialect, Rtl433Dialect>();
        services.AddSingleton<IHomeDialect, LoRaWanDialect>();
        services.AddSingleton<IHomeDialect, ScaipDialect>();
        services.AddSingleton<IHomeDialect, ZWaveDialect>();
        services.AddSingleton<IHomeDialect, HomieDialect>();
        services.AddSingleton<IHomeDialect, HomeAssistantDialect>();
        services.AddSingleton<IHomeDialect, EspHomeDialect>(); // Last: its topics are the least particular.
        services.AddSingleton<HomesDialect>();
        services.AddSingleton<IDialect>(provider => provider.GetRequiredService<HomesDialect>());
        services.AddSingleton<IDialect>(provider => provider.GetRequiredService<ItsDialect>());
        services.AddSingleton<IDialect, MsdDialect>();
        services.AddSingleton<IDialect, OwnTracksDialect>();
        services.AddSingleton<IDialect, VssDialect>();
        services.AddSingleton<IDialect, PlatformDialect>(); // Last: it takes what is left under a vehicle's name.
        services.TryAddSingleton<Remit>();
        services.TryAddSingleton(provider =>
        {
            var limit = provider.GetRequiredService<IOptions<MqttOptions>>().Value.MaxInFlight;
            provider.GetRequiredService<IngestMetrics>().Bound(limit);
            return new Backlog(limit);
        });
        services.TryAddSingleton(provider => new RejectedMessages(
            provider.GetService<ILocalSiloDetails>()?.SiloAddress.ToParsableString() ?? "", provider.GetRequiredService<TimeProvider>())); // A replay has no silo, and no page.
        services.TryAddSingleton<IMessageIntake>(provider => provider.GetRequiredService<SignalPipeline>());
        services.TryAddSingleton(provider => new SignalPipeline(
            provider.GetServices<IDialect>(),
            provider.GetRequiredService<IKindCatalogue>(),
            provider.GetRequiredService<Remit>(),
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<IOptions<AreaOptions>>().Value,
            provider.GetRequiredService<MessageAccount>(),
            provider.GetRequiredService<DeadLetters>(),
            provider.GetRequiredService<RejectedMessages>(),
            provider.GetRequiredService<IGatewayMemory>(),
            provider.GetRequiredService<IHomeWatch>(),
            provider.GetRequiredService<Backlog>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IngestMetrics>(),
            provider.GetRequiredService<ILogger<SignalPipeline>>()));
    }
}
