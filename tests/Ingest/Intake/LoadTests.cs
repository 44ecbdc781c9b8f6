using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest.Intake;

public sealed class LoadTests
{
    [Fact]
    public void Pack_BatchesOfSomeShares_IsOneLoadInOrder()
    {
        var load = Assert.Single(Load.Pack([Queue(3, 1, 1), Queue(9, 1)], together: true));
        Assert.Equal([3, 9], load.Batches.Select(batch => batch.Queue.Number));
        Assert.Equal(["0", "1", "0"], load.ToMessages().SelectMany(batch => batch.Messages).Select(message => message.Topic));
    }

    [Fact]
    public void Pack_NotTogether_IsALoadForEach() =>
        Assert.Equal([3, 9], Load.Pack([Queue(3, 1, 1), Queue(9, 1)], together: false).Select(load => Assert.Single(load.Batches).Queue.Number));

    [Fact]
    public void Pack_MoreMessagesThanACallTakes_LeavesTheRestToTheNext()
    {
        var queue = Queue(3, [.. Enumerable.Repeat(1, Share.MostAtOnce + 5)]);
        Assert.Equal(Share.MostAtOnce, Assert.Single(Load.Pack([queue], together: true)).Batches[0].Parcels.Length);
        Assert.Equal(5, Assert.Single(Load.Pack([queue], together: true)).Batches[0].Parcels.Length);
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void Pack_LargeMessages_AreDividedByTheirBytes()
    {
        var loads = Load.Pack([Queue(3, 3_000_000, 3_000_000, 1), Queue(9, 9_000_000), Queue(4, 1)], together: true);
        Assert.Equal([[2], [1], [1]], loads.Select(load => load.Batches.Select(batch => batch.Parcels.Length)));
    }

    [Fact]
    public void IsAnsweredBy_TooFewOutcomes_IsNo()
    {
        var load = Assert.Single(Load.Pack([Queue(3, 1, 1), Queue(9, 1)], together: true));
        var (one, two) = (new MessageOutcome[1], new MessageOutcome[2]);
        Assert.True(load.IsAnsweredBy([two, one]));
        Assert.False(load.IsAnsweredBy([one, one]));
        Assert.False(load.IsAnsweredBy([two]));
    }

    private static ShareQueue Queue(int number, params int[] sizes)
    {
        var queue = new ShareQueue(number, null!);
        for (var i = 0; i < sizes.Length; i++)
            queue.Add(new Parcel(new InboundMessage { Via = "mqtt", Topic = $"{i}", Payload = new byte[sizes[i]], ReceivedAt = DateTimeOffset.UnixEpoch }));
        return queue;
    }
}
