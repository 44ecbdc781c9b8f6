namespace CivicSignals.Ingest.Intake;

/// <summary>What goes to one machine in one call: a batch of each of some shares.</summary>
internal sealed class Load
{
    /// <summary>Payload bytes in one call, as a rule; a single message may be larger.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    private Load(List<(ShareQueue Queue, Parcel[] Parcels)> batches) => Batches = batches;

    public IReadOnlyList<(ShareQueue Queue, Parcel[] Parcels)> Batches { get; }

    /// <summary>The next batch of each queue, in as few loads as their limits allow.</summary>
    /// <param name="queues">None of them empty.</param>
    /// <param name="together">Whether one load may hold batches of several shares.</param>
    public static List<Load> Pack(IEnumerable<ShareQueue> queues, bool together)
    {
        List<Load> loads = [];
        List<(ShareQueue, Parcel[])> batches = [];
        var (count, bytes) = (Share.MostAtOnce, MostBytes);
        foreach (var queue in queues)
        {
            batches.Add((queue, queue.Take(ref count, ref bytes)));
            if (together && count > 0 && bytes > 0)
                continue;
            loads.Add(new(batches));
            (batches, count, bytes) = ([], Share.MostAtOnce, MostBytes);
        }

        if (batches.Count > 0)
            loads.Add(new(batches));
        return loads;
    }

    public IntakeBatch[] ToMessages() => [.. Batches.Select(batch => new IntakeBatch(batch.Queue.Number, Array.ConvertAll(batch.Parcels, parcel => parcel.Message)))];

    /// <summary>Whether there is an outcome for each message.</summary>
    public bool IsAnsweredBy(Pipeline.MessageOutcome[][] outcomes) =>
        outcomes.Length == Batches.Count && Batches.Zip(outcomes).All(pair => pair.First.Parcels.Length == pair.Second.Length);
}
