using System.Diagnostics;
using System.Text;
using CivicSignals.Benchmarks.Load;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What decoding a dialect costs on one core, without everything before and after.</summary>
/// <param name="Dialect">What people call it.</param>
/// <param name="Ordinary">A known device says that nothing happens.</param>
/// <param name="Edge">Every other message says that it happens.</param>
internal sealed record Decoding(string Dialect, DecodingCost Ordinary, DecodingCost Edge)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(0.5);

    public static IReadOnlyList<Decoding> MeasureAll()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IKindCatalogue>(new AnyKind());
        services.AddReplayPipeline(Registry.Parse(DialectSamples.Registry));
        using var provider = services.BuildServiceProvider();
        IDialect[] dialects = [.. provider.GetServices<IDialect>()];
        return [.. DialectSamples.All.Select(sample => Measure(dialects, sample))];
    }

    private static Decoding Measure(IDialect[] dialects, DialectSample sample)
    {
        foreach (var (topic, payload) in sample.Before)
            Decode(dialects, Message(topic, payload));
        var (ordinary, alarm) = (Message(sample.Topic, sample.Ordinary), Message(sample.Topic, sample.Alarm));
        if (Decode(dialects, alarm).Signals.Count == 0)
            throw new InvalidOperationException($"the alarm of {sample.Dialect} was not understood");
        Decode(dialects, ordinary);
        Measure(dialects, ordinary, alarm); // Compiled by then.
        return new Decoding(sample.Dialect, Measure(dialects, ordinary, ordinary), Measure(dialects, ordinary, alarm));
    }

    private static DecodingCost Measure(IDialect[] dialects, InboundMessage first, InboundMessage second)
    {
        const int Pairs = 100;
        long messages = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            for (var i = 0; i < Pairs; i++)
            {
                Decode(dialects, first);
                Decode(dialects, second);
            }

            messages += 2 * Pairs;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < Length);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new DecodingCost(messages / elapsed.TotalSeconds, (double)bytes / messages);
    }

    private static Decoded Decode(IDialect[] dialects, in InboundMessage message)
    {
        foreach (var dialect in dialects)
        {
            if (dialect.Recognises(message.Topic))
                return dialect.Decode(message);
        }

        throw new InvalidOperationException($"no dialect for {message.Topic}");
    }

    private static InboundMessage Message(string topic, string payload) => new()
    {
        Via = "mqtt",
        Topic = topic,
        Payload = Encoding.UTF8.GetBytes(payload),
        ReceivedAt = new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero),
    };

    private sealed class AnyKind : IKindCatalogue
    {
        public bool Knows(string kind) => true;
    }
}

/// <summary>What a message costs.</summary>
/// <param name="Rate">Messages a second on one core.</param>
/// <param name="Bytes">Allocated bytes a message.</param>
internal readonly record struct DecodingCost(double Rate, double Bytes);
