namespace CivicSignals.Tests.Ingest;

/// <summary>Whoever may publish below his own name speaks for nobody else by what follows it.</summary>
public sealed class TopicOwnerTests : IAsyncDisposable
{
    private const string Denm = """
        {"timestamp":1768032000000,"message":{"management_container":{"action_id":{"originating_station_id":1,"sequence_number":2},"event_position":{"latitude":530466000,"longitude":-29925000}},"situation_container":{"event_type":{"cause":2,"subcause":0}}}}
        """;

    private readonly IngestBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("vehicles/v1/inQueue/v2x/denm/v2x_87654321/0", "v1")]
    [InlineData("vehicles/inQueue/v2x/denm/v2x_87654321/0", "inQueue")]
    [InlineData("signals/s1/inQueue/v2x/denm/v2x_87654321/0", "s1")]
    [InlineData("vss/v1/inQueue/v2x/denm/v2x_87654321/0", "v1")]
    [InlineData("owntracks/v1/inQueue/v2x/denm/v2x_87654321/0", "v1")]
    public async Task Accept_AnothersNameDeeperInTheTopic_IsNotThatOnes(string topic, string sender)
    {
        await _bench.SendAsync(topic, Denm, sender: sender);
        Assert.DoesNotContain(_bench.Areas.Signals, signal => signal.Source.Contains("v2x_87654321", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_OwnNameUnderANetworksLevels_IsThatOnes()
    {
        await _bench.SendAsync("net/inQueue/v2x/denm/v1/0", Denm, sender: "v1");
        Assert.Equal("vehicles/v1", Assert.Single(_bench.Areas.Signals).Source);
    }
}
