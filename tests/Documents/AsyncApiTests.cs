using System.Text;
using System.Text.Json;
using CivicSignals.Fusion;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Dialects.Scaip;
using CivicSignals.Ingest.Documents;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Documents;

public sealed class AsyncApiTests
{
    private const string RegistryJson = """
        {"premises":[{"id":"p1","gateway":"elm-1","lat":53.0466,"lon":-2.9925}],
         "vehicles":[{"id":"car-1"},{"id":"car-2"}],
         "sources":[{"id":"weather-7","lat":53.1,"lon":-3.0}]}
        """;

    private static readonly JsonElement Document = JsonDocument.Parse(AsyncApi.Text).RootElement;
    private static readonly List<AsyncApiExample> Examples = AsyncApiExample.All();

    public static TheoryData<string> Dialects => [.. Examples.Select(example => example.Dialect).Distinct()];

    [Fact]
    public async Task Document_BySpecification_IsValid() => Assert.Equal("", await DocumentSchemas.WrongInAsyncApiAsync(AsyncApi.Text));

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Examples_PlayedInOrder_BecomeWhatTheDocumentSays(string dialect)
    {
        var registry = Registry.Parse(Encoding.UTF8.GetBytes(RegistryJson));
        await using var bench = new IngestBench(registry, kinds: FusionModel.Bundled());
        foreach (var example in Examples.Where(example => example.Dialect == dialect))
        {
            Assert.True(example.IsAtItsAddress, $"{example.Topic} is not at {example.Address}");
            TopicRules.Owner(example.Topic, out var owner);
            var before = bench.Areas.Signals.Count();

            var outcome = await bench.SendAsync(example.Topic, example.Payload, example.Retain, owner.ToString());

            var (name, signals) = ($"{dialect}, {example.Name}", bench.Areas.Signals.Skip(before).ToList());
            Assert.Equal((name, example.Outcome, example.Reason), (name, Word(outcome), outcome.Reason));
            Assert.Equal((name, string.Join(' ', example.Signals)), (name, string.Join(' ', signals.Select(signal => signal.Kind))));
            Assert.All(signals, signal => Assert.True(signal.Active && !signal.SinceUnknown, name));
        }

        var spoken = registry.Find("elm-1")!.Heard.Read().Dialects;
        Assert.All(spoken, each => Assert.Equal(dialect, each));
    }

    [Fact]
    public async Task Examples_OfThePlatformsOwnFormats_AreAsTheirSchemasSay()
    {
        var written = Examples.Where(example => example.Schema.Length > 0 && example.Outcome != "rejected").ToList();
        Assert.NotEmpty(written);
        Assert.Equal("", await DocumentSchemas.WrongInAsync(AsyncApi.Text, written.Select(example => (example.Name, example.Schema, example.Value))));
    }

    [Fact]
    public void Document_EveryDialect_HasAChannelWithAnExample()
    {
        var services = new ServiceCollection();
        services.AddSignalPipeline();
        using var provider = services.AddSingleton(new FakeAreas().Grains).AddSingleton<CivicSignals.Signals.IKindCatalogue>(FusionModel.Bundled()).BuildServiceProvider();

        Assert.Superset(provider.GetServices<IHomeDialect>().Select(dialect => dialect.Name).ToHashSet(), Examples.Select(example => example.Dialect).ToHashSet());
        Assert.All(provider.GetServices<IDialect>(), dialect => Assert.Contains(Examples, example => dialect.Recognises(example.Topic)));
    }

    [Fact]
    public void Document_EveryChannel_IsReceivedOn()
    {
        var received = Document.GetProperty("operations").EnumerateObject().Select(operation => operation.Value.GetProperty("channel").GetProperty("$ref").GetString());
        Assert.Equal(Document.GetProperty("channels").EnumerateObject().Select(channel => $"#/channels/{channel.Name}"), received);
    }

    [Fact]
    public void Document_Limits_AreTheOnesThatAreKept()
    {
        var server = Document.GetProperty("servers").GetProperty("embedded");
        var limits = server.GetProperty("x-limits").EnumerateObject().ToDictionary(limit => limit.Name, limit => limit.Value.GetInt32());
        Assert.Equal(SignalPipeline.MaxPayload, limits["payloadBytes"]);
        Assert.Equal(SignalPipeline.MaxMetadata, limits["descriptionBytes"]);
        Assert.Equal(ScaipRequest.MaxBytes, limits["scaipBytes"]);
        Assert.Equal(PacketLimits.AfterAdmission, limits["packetBytes"]);
        Assert.Equal(PacketLimits.AfterAdmission, server.GetProperty("bindings").GetProperty("mqtt").GetProperty("maximumPacketSize").GetInt32());
        Assert.Equal(PacketLimits.BeforeAdmission, limits["packetBytesBeforeAdmission"]);
        Assert.Equal(StrictJson.MaxDepth, limits["jsonDepth"]);
        Assert.Equal(MqttEntrance.AdmissionDeadline.TotalSeconds, limits["admissionSeconds"]);
        Assert.True(TopicRules.IsWellFormed(new string('a', limits["topicBytes"])));
        Assert.False(TopicRules.IsWellFormed(new string('a', limits["topicBytes"] + 1)));
        Assert.True(TopicRules.IsWellFormed(new string('/', limits["topicLevels"] - 1)));
        Assert.False(TopicRules.IsWellFormed(new string('/', limits["topicLevels"])));
    }

    private static string Word(MessageOutcome outcome) =>
        outcome.Status == MessageStatus.Accepted ? outcome.Signal.ToString().ToLowerInvariant() : outcome.Status.ToString().ToLowerInvariant();
}
