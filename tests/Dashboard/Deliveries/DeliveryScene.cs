using CivicSignals.Duties;
using CivicSignals.Dashboard.Api;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>A Mastodon and a Bluesky account that follow one ledger, on a clock of the test's own. A turn is asked for, so nothing happens by itself.</summary>
internal sealed class DeliveryScene : IAsyncDisposable
{
    public const string PublicUrl = "https://signals.example";
    private readonly List<ServiceProvider> _providers = [];
    private readonly string _neighbourhoods;
    private readonly string _token;
    private IReadOnlyList<Delivery> _deliveries = [];

    private DeliveryScene(FakeTimeProvider time, MastodonServer mastodon, BlueskyServer bluesky, string neighbourhoods, string token)
    {
        (Time, Mastodon, Bluesky, _neighbourhoods, _token) = (time, mastodon, bluesky, neighbourhoods, token);
        Restart();
    }

    public FakeTimeProvider Time { get; }
    public MastodonServer Mastodon { get; }
    public BlueskyServer Bluesky { get; }
    public MemoryLedger Ledger { get; } = new();
    public MemoryDeliveries Store { get; } = new();
    public LoggedLines Logged { get; } = new();
    public DeliveryBoard Board { get; private set; } = new();

    /// <summary>The service that takes turns by itself.</summary>
    public DeliveryService Service => _providers[^1].GetRequiredService<DeliveryService>();

    /// <summary>The only status.</summary>
    public Status Status => Assert.Single(Mastodon.Statuses);

    /// <summary>Text of the only post.</summary>
    public string Post => Assert.Single(Bluesky.Posts).Value.GetProperty("text").GetString()!;

    public static async Task<DeliveryScene> StartAsync(string neighbourhoods = "", string token = MastodonServer.Token, Action<DeliveryScene>? before = null)
    {
        var time = new FakeTimeProvider(Entries.Start);
        var scene = new DeliveryScene(time, await MastodonServer.StartAsync(time), await BlueskyServer.StartAsync(time), neighbourhoods, token);
        before?.Invoke(scene);
        await scene.TurnAsync();
        return scene;
    }

    /// <summary>A new process on the same store and ledger; the old one is as if killed.</summary>
    public void Restart()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Http:PublicUrl"] = PublicUrl,
            ["Deliveries:Mastodon:0:Url"] = Mastodon.Address,
            ["Deliveries:Mastodon:0:AccessToken"] = _token,
            ["Deliveries:Mastodon:0:Neighbourhoods"] = _neighbourhoods,
            ["Deliveries:Bluesky:0:Url"] = Bluesky.Address,
            ["Deliveries:Bluesky:0:Handle"] = BlueskyServer.Handle,
            ["Deliveries:Bluesky:0:AppPassword"] = BlueskyServer.Password,
            ["Deliveries:Bluesky:0:Neighbourhoods"] = _neighbourhoods,
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logged));
        services.AddOptions<PublicAddressOptions>().BindConfiguration("Http");
        services.AddMetrics().AddSingleton<PublicAddress>().AddSingleton(new CapOptions()).AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ILedgerReader>(Ledger).AddSingleton<IDeliveryStore>(Store).AddSingleton(Site.Map()).AddSingleton<IDuties, SoleMachine>().AddDeliveries();
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        _deliveries = provider.GetRequiredService<IReadOnlyList<Delivery>>();
        Board = provider.GetRequiredService<DeliveryBoard>();
    }

    /// <summary>One version of an alert enters the ledger.</summary>
    public void Publish(string id = "a1", int version = 1, Outcome? ended = null, string headline = "Fire in Lache", string? slug = "lache") =>
        Ledger.Append(Entries.Entry(Entries.Alert(id, version, ended: ended, headline: headline, slug: slug)));

    /// <summary>Each account looks once, after a while.</summary>
    public async Task TurnAsync(TimeSpan? after = null)
    {
        Time.Advance(after ?? TimeSpan.Zero);
        foreach (var delivery in _deliveries)
            await delivery.TurnAsync(default);
    }

    /// <summary>As the service does, every second for a while.</summary>
    public async Task TurnsAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
            await TurnAsync(TimeSpan.FromSeconds(1));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await Mastodon.DisposeAsync();
        await Bluesky.DisposeAsync();
    }
}
