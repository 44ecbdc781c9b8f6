namespace CivicSignals.Ingest.Intake;

/// <summary>What goes to one machine in one call: a batch of each of some shares.</summary>
internal sealed class Load
{
    /// <summary>Payload bytes in one call, as a rule; a single message may be larger.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Nothing.</summary>
    public static Load Empty { get; } = new([]);

    private Load(List<(ShareQueue Queue, Parcel[] Parcels)> batches) => Batches = batches;

    public IReadOnlyList<(ShareQueue Queue, Parcel[] Parcels)> Batches { get; }

    /// <summary>All that waits in some queues, in as few loads as their limits allow; the loads of one queue in order.</summary>
    public static List<Load> Pack(IEnumerable<ShareQueue> queues)
    {
        List<Load> loads = [];
        List<(ShareQueue, Parcel[])> batches = [];
        var (count, bytes) = (Share.MostAtOnce, MostBytes);
        foreach (var queue in queues)
        {
            while (!queue.IsEmpty)
            {
                batches.Add((queue, queue.Take(ref count, ref bytes)));
                if (count > 0 && bytes > 0)
                    continue;
                loads.Add(new(batches));
                (batches, count, bytes) = ([], Share.MostAtOnce, MostBytes);
            }
        }

        if (batches.Count > 0)
            loads.Add(new(batches));
        return loads;
    }

    public IntakeBatch[] ToMessages() => [.. Batches.Select(batch => new IntakeBatch(batch.Queue.Number, Array.ConvertAll(batch.Parcels, parcel => parcel.Message)))];
}
