using System.Text;
using System.Text.Json;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Ingest;

/// <summary>One home under the real dialects, asked in the platform's order, without what comes after decoding: supervision is seen too.</summary>
internal sealed class HomeScene
{
    private const string Prefix = "homes/gw1/";

    private readonly HomesDialect _homes;

    public HomeScene()
    {
        var services = new ServiceCollection();
        services.AddSignalPipeline();
        var registry = Registry.Parse(Encoding.UTF8.GetBytes(IngestBench.RegistryJson));
        _homes = new HomesDialect(registry, services.BuildServiceProvider().GetServices<IHomeDialect>(), new NoSightings(), new Strangers());
    }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    public Decoded Decode(string path, string payload, bool retain = false)
    {
        var message = Message(path, payload, retain);
        try
        {
            return _homes.Decode(message);
        }
        catch (JsonException)
        {
            return Decoded.Reject(StrictJson.WhyNot(message.Payload.Span));
        }
    }

    /// <summary>
    /// What one message says, in short: <c>fire.smoke+</c> begins, <c>fire.smoke-</c> ends, <c>fire.smoke?</c> has been on for nobody knows how long,
    /// <c>!reason</c> is rejected, <c>kept</c> is remembered for the next start, nothing is ambient.
    /// </summary>
    public string Hear(string path, string payload, bool retain = false) => Short(Decode(path, payload, retain));

    /// <summary>The same, with who says it: <c>kitchen/smoke fire.smoke+</c>.</summary>
    public string HearWho(string path, string payload) =>
        string.Join(", ", Decode(path, payload).Signals.Select(signal => $"{signal.Source[Prefix.Length..]} {signal.Kind}{(signal.Active ? "+" : "-")}"));

    /// <summary>Heap bytes that decoding a message takes, once its device is known.</summary>
    public long BytesOf(string path, string payload)
    {
        var message = Message(path, payload, retain: false);
        for (var i = 0; i < 100; i++)
            _homes.Decode(message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _homes.Decode(message);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    private InboundMessage Message(string path, string payload, bool retain) =>
        new() { Via = "mqtt", Topic = Prefix + path, Payload = Encoding.UTF8.GetBytes(payload), Retain = retain, ReceivedAt = Now };

    private static string Short(Decoded decoded)
    {
        if (decoded.Reason is { } reason)
            return "!" + reason;
        return decoded.Remember ? "kept" : string.Join(" ", decoded.Signals.Select(signal => signal.Kind + (!signal.Active ? "-" : signal.SinceUnknown ? "?" : "+")));
    }
}
