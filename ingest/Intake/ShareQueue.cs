namespace CivicSignals.Ingest.Intake;

/// <summary>Messages on their way to one share, in order of arrival. Not thread-safe.</summary>
internal sealed class ShareQueue(int number, IIntakeGrain share)
{
    private readonly Queue<Parcel> _waiting = new();

    public int Number => number;

    public IIntakeGrain Share => share;

    /// <summary>Whether a batch is under way or about to be: what comes meanwhile is in the next one.</summary>
    public bool IsBusy { get; set; }

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(Parcel parcel) => _waiting.Enqueue(parcel);

    /// <summary>The next batch: the first message whatever its size, and more as long as there is room.</summary>
    public Parcel[] Take(ref int count, ref int bytes)
    {
        var batch = new List<Parcel>(Math.Min(_waiting.Count, Math.Max(count, 1)));
        do
        {
            var parcel = _waiting.Dequeue();
            batch.Add(parcel);
            count--;
            bytes -= parcel.Message.Payload.Length;
        }
        while (count > 0 && bytes > 0 && _waiting.Count > 0);
        return [.. batch];
    }
}
