using System.Net.Sockets;
using System.Text;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Homes;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Tests.Ingest.Feeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace CivicSignals.Tests.Ingest;

/// <summary>The real MQTT side on a port of its own, with fake areas behind it.</summary>
public sealed class MqttTown : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly WebApplication _app;
    private readonly List<IMqttClient> _clients = [];

    private MqttTown(WebApplication app, FakeAreas areas) => (_app, Areas) = (app, areas);

    public FakeAreas Areas { get; }

    public int Port => _app.Services.GetRequiredService<MqttEndpoint>().Port;

    public MessageAccount Account => _app.Services.GetRequiredService<MessageAccount>();

    public IHomes Homes => _app.Services.GetRequiredService<IHomes>();

    internal GatewayConnections Connections => _app.Services.GetRequiredService<GatewayConnections>();

    internal IServiceProvider Services => _app.Services;

    public DeadLetters Letters => _app.Services.GetRequiredService<DeadLetters>();

    public static async Task<MqttTown> StartAsync(FakeTimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var areas = new FakeAreas();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Mqtt:Port", "0"), new("urls", "http://127.0.0.1:0")])
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));
        if (time is not null)
            builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(new RegistrySeed(Encoding.UTF8.GetBytes(IngestBench.RegistryJson)));
        builder.Services.AddSingleton<IRegistryStore>(new MemoryRegistryStore());
        builder.Services.AddSingleton<IHomeFactStore>(new MemoryFactStore());
        builder.Services.AddSingleton<IPostStore>(new CivicSignals.Tests.Posts.MemoryPosts());
        builder.Services.AddSingleton<INoticeStore>(new MemoryNotices());
        builder.Services.AddSingleton<IFeedItemStore>(new MemoryFeedItems());
        builder.Services.AddSingleton<ILedgerReader>(new CivicSignals.Tests.Dashboard.Fakes.MemoryLedger());
        builder.Services.AddOptions<AreaOptions>();
        builder.Services.AddSingleton(areas.Grains);
        builder.Services.AddSingleton<IKindCatalogue>(new FakeKinds());
        builder.Services.AddSingleton<IGatewayMemory>(new FakeMemory());
        builder.Services.AddSingleton<MessageAccount>();
        builder.Services.AddSingleton<DeadLetters>();
        builder.AddIngest();
        var app = builder.Build();
        await app.StartAsync();
        return new MqttTown(app, areas);
    }

    public async Task<IMqttClient> ConnectAsync(
        string? user,
        MqttProtocolVersion version = MqttProtocolVersion.V311,
        Action<MqttClientOptionsBuilder>? configure = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _clients.Add(client);
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", Port)
            .WithProtocolVersion(version)
            .WithClientId($"test-{_clients.Count}")
            .WithTimeout(Patience);
        if (user is not null)
            options.WithCredentials(user, $"s-{user}");
        configure?.Invoke(options);
        var result = await client.ConnectAsync(options.Build());
        return result.ResultCode == MqttClientConnectResultCode.Success ? client : throw new InvalidOperationException($"refused: {result.ResultCode}");
    }

    /// <summary>Opens a bare socket.</summary>
    public async Task<NetworkStream> OpenAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        return client.GetStream();
    }

    public Task StopAsync() => _app.StopAsync();

    /// <summary>Waits until something that other threads bring about is so.</summary>
    public static async Task Until(Func<bool> isSo, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"waited in vain for: {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _app.DisposeAsync();
    }
}
