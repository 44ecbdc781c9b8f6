using System.Collections.Concurrent;
using System.Text;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Ingest;

/// <summary>The pipeline on a bench: real decoders and registry, fake areas.</summary>
public sealed class IngestBench : IAsyncDisposable
{
    public const string RegistryJson = """
        {"premises":[
          {"id":"p1","gateway":"gw1","secret":"s-gw1","lat":53.0466,"lon":-2.9925,"kind":"dwelling","consents":["fire","police","ambulance","public"]},
          {"id":"p2","gateway":"gw2","secret":"s-gw2","lat":53.05,"lon":-2.99}],
         "vehicles":[{"id":"v1","secret":"s-v1"},{"id":"v2x_87654321","secret":"s-v2x"}],
         "sources":[{"id":"s1","secret":"s-s1","lat":53.1,"lon":-3.0}]}
        """;

    private readonly ServiceProvider _services;

    public IngestBench(Registry? registry = null, IGatewayMemory? memory = null, IKindCatalogue? kinds = null)
    {
        Memory = memory ?? new FakeMemory();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(registry ?? Registry.Parse(Encoding.UTF8.GetBytes(RegistryJson)));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Areas.Grains);
        services.AddSingleton(kinds ?? new FakeKinds());
        services.AddSingleton(Memory);
        services.AddSingleton<MessageAccount>();
        services.AddSingleton<DeadLetters>();
        services.AddOptions<AreaOptions>();
        services.AddSignalPipeline();
        _services = services.BuildServiceProvider();
        Pipeline = _services.GetRequiredService<SignalPipeline>();
        Account = _services.GetRequiredService<MessageAccount>();
        Letters = _services.GetRequiredService<DeadLetters>();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero));
    public FakeAreas Areas { get; } = new();
    public IGatewayMemory Memory { get; }
    public SignalPipeline Pipeline { get; }
    public MessageAccount Account { get; }
    public DeadLetters Letters { get; }

    public Task<MessageOutcome> SendAsync(string topic, string payload, bool retain = false, string? sender = null) =>
        Pipeline.AcceptAsync(Message(topic, Encoding.UTF8.GetBytes(payload), retain, sender)).AsTask();

    public InboundMessage Message(string topic, byte[] payload, bool retain = false, string? sender = null) =>
        new() { Via = "mqtt", Topic = topic, Payload = payload, Retain = retain, Sender = sender, ReceivedAt = Time.GetUtcNow() };

    /// <summary>Sends one and returns the signals that reached an area with it.</summary>
    public async Task<Signal[]> SignalsOf(string topic, string payload, bool retain = false, string? sender = null)
    {
        var before = Areas.Signals.Count();
        await SendAsync(topic, payload, retain, sender);
        return [.. Areas.Signals.Skip(before)];
    }

    /// <summary>What a message says in its dialect's words, before it is weighed: what is no hazard included.</summary>
    public IReadOnlyList<Signal> Decode(string topic, string payload, bool retain = false) =>
        _services.GetServices<IDialect>().First(dialect => dialect.Recognises(topic)).Decode(Message(topic, Encoding.UTF8.GetBytes(payload), retain)).Signals;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

public sealed class FakeKinds : IKindCatalogue
{
    private static readonly HashSet<string> Kinds =
    [
        "fire.smoke", "fire.heat", "fire.vehicle", "gas.combustible", "gas.toxic", "gas.co", "flood.indoor", "flood.surface", "intrusion.contact", "intrusion.motion",
        "intrusion.presence", "intrusion.glass", "intrusion.vibration", "intrusion.alarm", "medical.fall", "medical.driver", "sos.panic", "crash.accident",
        "crash.post-crash", "crash.ecall-automatic", "crash.ecall-manual", "road.hard-braking", "road.obstacle", "road.animal", "road.person",
        "road.surface", "road.visibility", "road.weather", "road.wrong-way", "road.stationary", "road.works", "road.impassable", "road.slow-vehicle",
        "road.queue-end", "road.hazard", "road.smoke", "road.collapse", "road.power-line", "road.hazmat", "road.emergency-services", "road.near-miss",
        "road.nothing-here", "crash.airbag", "crash.rollover", "crash.imminent", "fire.roadside", "medical.driver-collapse", "disorder.violence", "post.fire", "report.fire", "report.nothing-here",
    ];

    public bool Knows(string kind) => Kinds.Contains(kind);
}

public sealed class FakeMemory : IGatewayMemory
{
    private readonly ConcurrentDictionary<string, byte[]> _kept = new();

    public Func<Task> OnRemember { get; set; } = () => Task.CompletedTask;

    public async Task RememberAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await OnRemember();
        if (payload.IsEmpty)
            _kept.TryRemove(topic, out _);
        else
            _kept[topic] = payload.ToArray();
    }

    public Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<(string, ReadOnlyMemory<byte>)>>([.. _kept.Select(entry => (entry.Key, new ReadOnlyMemory<byte>(entry.Value)))]);

    public async Task<IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)>> RecallAsync(string gateway, CancellationToken cancellation) =>
        [.. (await RecallAsync(cancellation)).Where(entry => entry.Topic.StartsWith($"homes/{gateway}/", StringComparison.Ordinal))];
}
