using System.Text;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Silo.Storage.Sqlite;
using CivicSignals.Tests.Ingest;
using CivicSignals.Tests.Silo.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Silence;

/// <summary>Pipeline and watch over a real ledger file, on a clock of the test's own; areas are fake, and remember what they are told.</summary>
internal sealed class SilenceBench : IAsyncDisposable
{
    private readonly string _folder;
    private readonly SqliteStore _store;
    private readonly ServiceProvider _services;

    private SilenceBench(string folder, DateTimeOffset now)
    {
        _folder = folder;
        Time = new FakeTimeProvider(now);
        _store = SqliteStores.Open(folder);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Areas.Grains);
        services.AddSingleton<IKindCatalogue>(FusionModel.Bundled());
        services.AddSingleton(_store.Gateways).AddSingleton(_store.Homes).AddSingleton(_store.Facts).AddSingleton(_store.Reader);
        services.AddSingleton<MessageAccount>().AddSingleton<DeadLetters>();
        services.AddOptions<AreaOptions>();
        services.AddSilence();
        services.AddSingleton<HomeAreas>().AddSingleton<IHomes, HomeRegistry>();
        services.AddSignalPipeline();
        _services = services.BuildServiceProvider();
        Homes = _services.GetRequiredService<IHomes>();
        Connections = _services.GetRequiredService<GatewayConnections>();
        Pipeline = _services.GetRequiredService<SignalPipeline>();
        Watch = _services.GetRequiredService<SilenceWatch>();
    }

    public FakeTimeProvider Time { get; }
    public FakeAreas Areas { get; } = new();
    public IHomes Homes { get; }
    public GatewayConnections Connections { get; }
    public IHomeFactStore Facts => _store.Facts;
    public ILedger Ledger => _store.Ledger;

    private SignalPipeline Pipeline { get; }
    private SilenceWatch Watch { get; }

    public static async Task<SilenceBench> StartAsync(string? folder = null, DateTimeOffset? now = null)
    {
        var bench = new SilenceBench(folder ?? Directory.CreateTempSubdirectory("silence-").FullName, now ?? new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero));
        bench._services.GetRequiredService<Registry>().Put(await bench._store.Homes.HomesAsync(default));
        await bench.Watch.StartAsync(CancellationToken.None);
        await bench.Watch.StopAsync(CancellationToken.None); // What was so is loaded; from here on the test looks.
        return bench;
    }

    /// <summary>Homes by name, each <c>gateway lat lon</c>.</summary>
    public async Task AddAsync(Consents consents, params string[] homes)
    {
        var lines = homes.Select(home => string.Join(',', home.Split(' ')) + "," + string.Join(' ', ServiceNames.Of(consents)));
        await Homes.ImportAsync(Encoding.UTF8.GetBytes($"gateway,lat,lon,consents\n{string.Join('\n', lines)}\n"), ImportFormat.Csv, default);
    }

    public async Task<MessageOutcome> SendAsync(string topic, string payload, bool retain = false) => await Pipeline.AcceptAsync(
        new InboundMessage { Via = "mqtt", Topic = topic, Payload = Encoding.UTF8.GetBytes(payload), Retain = retain, ReceivedAt = Time.GetUtcNow() });

    /// <summary>Lets time pass and the watch look, each minute of a short time, each half hour of a long one.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var step = time > TimeSpan.FromHours(3) ? TimeSpan.FromMinutes(30) : TimeSpan.FromMinutes(1);
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Time.Advance(step);
            await LookAsync();
        }
    }

    /// <summary>Lets the watch look at everything once.</summary>
    public async Task LookAsync()
    {
        for (var i = 0; i < 12; i++)
            await Watch.LookAsync(CancellationToken.None);
    }

    /// <summary>What is written down of a home: <c>device What</c>, with a minus when it is over.</summary>
    public async Task<string> SaysAsync(string gateway) => string.Join(", ", (await Facts.OfHomeAsync(gateway, 100, default))
        .Select(fact => $"{fact.Device} {fact.What}{(fact.Until is null ? "" : "-")}".Trim()).Order(StringComparer.Ordinal));

    /// <summary>Writes down devices as their gateway described them.</summary>
    public Task DescribeAsync(string gateway, string device, params string[] kinds) =>
        _store.Homes.SightAsync([(gateway, new DeviceSighting(device, $"name of {device}", kinds, null, "zigbee2mqtt"))], [], Time.GetUtcNow());

    /// <summary>Ends it and starts another on the same file.</summary>
    public async Task<SilenceBench> RestartAsync()
    {
        await CloseAsync();
        return await StartAsync(_folder, Time.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task CloseAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
