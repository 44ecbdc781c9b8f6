using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest.Intake;

public sealed class LoadTests
{
    [Fact]
    public void Pack_BatchesOfSomeShares_IsOneLoadInOrder()
    {
        var load = Assert.Single(Load.Pack([Queue(3, 1, 1), Queue(9, 1)]));
        Assert.Equal([3, 9], load.Batches.Select(batch => batch.Queue.Number));
        Assert.Equal(["0", "1", "0"], load.ToMessages().SelectMany(batch => batch.Messages).Select(message => message.Topic));
    }

    [Fact]
    public void Pack_MoreMessagesThanACallTakes_IsMoreLoads()
    {
        var queue = Queue(3, [.. Enumerable.Repeat(1, Share.MostAtOnce + 5)]);
        Assert.Equal([Share.MostAtOnce, 5], Load.Pack([queue]).Select(load => Assert.Single(load.Batches).Parcels.Length));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void Return_NotTaken_GoesBeforeWhatCameAfterIt()
    {
        var queue = Queue(3, 1, 1, 1);
        var (count, bytes) = (2, 100);
        var first = queue.Take(ref count, ref bytes);
        (count, bytes) = (1, 100);
        var second = queue.Take(ref count, ref bytes);
        queue.Return(second);
        queue.Return(first);
        Assert.Equal(["0", "1", "2"], Load.Pack([queue]).SelectMany(load => load.ToMessages()).SelectMany(batch => batch.Messages).Select(message => message.Topic));
    }

    [Fact]
    public void Pack_LargeMessages_AreDividedByTheirBytes()
    {
        var loads = Load.Pack([Queue(3, 3_000_000, 3_000_000, 1), Queue(9, 9_000_000), Queue(4, 1)]);
        Assert.Equal([[2], [1, 1], [1]], loads.Select(load => load.Batches.Select(batch => batch.Parcels.Length)));
    }

    private static ShareQueue Queue(int number, params int[] sizes)
    {
        var queue = new ShareQueue(number, default);
        for (var i = 0; i < sizes.Length; i++)
            queue.Add(new Parcel(i, 0, new InboundMessage { Via = "mqtt", Topic = $"{i}", Payload = new byte[sizes[i]], ReceivedAt = DateTimeOffset.UnixEpoch }));
        return queue;
    }
}
