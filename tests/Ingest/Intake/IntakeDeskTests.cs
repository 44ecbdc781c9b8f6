using System.Text;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Dialects.Zigbee2Mqtt;
using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Ingest.Intake;

public sealed class IntakeDeskTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeShares _shares = new();
    private readonly IntakeDesk _desk;

    public IntakeDeskTests() => _desk = new IntakeDesk(_shares.Factory, Homes(), _time, NullLogger<IntakeDesk>.Instance);

    [Fact]
    public async Task Take_OfTwoMachines_IsReadInOrderAndAnsweredToEach()
    {
        var second = _desk.TakeAsync([Batch(3, "3/b", "3/d"), Batch(9, "9/a")]);
        var first = _desk.TakeAsync([Batch(3, "3/a", "3/c")]);
        Assert.Empty(_shares.Read);

        await TurnUntil(Task.WhenAll(first, second));

        Assert.Equal(["3/a", "3/b", "3/c", "3/d"], _shares.Read.Where(topic => topic[0] == '3'));
        Assert.Equal(["3/a", "3/c"], Reasons(await first).Single());
        Assert.Equal([["3/b", "3/d"], ["9/a"]], Reasons(await second));
    }

    [Fact]
    public async Task Take_OneShareFails_SaysSoOfItAlone()
    {
        _shares.Failing = 3;
        var taken = _desk.TakeAsync([Batch(3, "3/a"), Batch(9, "9/a")]);
        await TurnUntil(taken);
        Assert.Null((await taken)[0]);
        Assert.NotNull((await taken)[1]);

        _shares.Failing = null;
        var again = _desk.TakeAsync([Batch(3, "3/a")]);
        await TurnUntil(again);
        Assert.NotNull(Assert.Single(await again));
    }

    [Fact]
    public async Task Take_MoreThanAShareTakesAtOnce_IsDividedInOrder()
    {
        var topics = Enumerable.Range(0, Share.MostAtOnce + 5).Select(n => $"{n}/a").ToArray();
        var taken = _desk.TakeAsync([Batch(3, topics)]);
        await TurnUntil(taken);
        Assert.Equal(topics, _shares.Read);
        Assert.Equal([Share.MostAtOnce, 5], _shares.Calls);
        Assert.Equal(topics, Reasons(await taken).Single());
    }

    /// <summary>The desk knows what describes devices: gateways' dialects say so.</summary>
    [Fact]
    public async Task Take_DescriptionReceivedJustAfter_IsReadFirst()
    {
        var taken = _desk.TakeAsync([Batch(3, "homes/g/zigbee2mqtt/smoke/a", "homes/g/zigbee2mqtt/bridge/devices")]);
        await TurnUntil(taken);
        Assert.Equal(["homes/g/zigbee2mqtt/bridge/devices", "homes/g/zigbee2mqtt/smoke/a"], _shares.Read);
    }

    private static HomesDialect Homes()
    {
        var registry = Registry.Parse(Encoding.UTF8.GetBytes(IngestBench.RegistryJson));
        return new HomesDialect(registry, [new Zigbee2MqttDialect()], new NoSightings(), new Strangers());
    }

    private async Task TurnUntil(Task done) => await Patience.Until(
        () =>
        {
            _time.Advance(IntakeDesk.Turn);
            return Task.FromResult(done.IsCompleted);
        },
        "the desk had its messages read");

    private static IEnumerable<IEnumerable<string?>> Reasons(MessageOutcome[]?[] outcomes) => outcomes.Select(batch => batch!.Select(outcome => outcome.Reason));

    /// <summary>Received in the order of their last letters.</summary>
    private static IntakeBatch Batch(int share, params string[] topics) => new(share, Array.ConvertAll(topics, topic => new InboundMessage
    {
        Via = "mqtt",
        Topic = topic,
        Payload = default,
        ReceivedAt = DateTimeOffset.UnixEpoch.AddMilliseconds(topic[^1]),
    }));
}
