namespace CivicSignals.Ingest.Intake;

/// <summary>Messages that wait to leave for one share, in order of arrival. Not thread-safe.</summary>
/// <param name="number">The share, 0..63.</param>
/// <param name="share">The grain that reads it.</param>
internal sealed class ShareQueue(int number, GrainId share)
{
    private Queue<Parcel> _waiting = new();

    public int Number => number;

    public GrainId Share => share;

    /// <summary>Whether it is among what leaves next for some machine.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether something came back and is about to be tried again: what comes meanwhile waits behind it.</summary>
    public bool IsHeld { get; set; }

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(Parcel parcel) => _waiting.Enqueue(parcel);

    /// <summary>Puts back what was not taken, before all that came after it.</summary>
    public void Return(IEnumerable<Parcel> parcels) => _waiting = new(parcels.Concat(_waiting).OrderBy(parcel => parcel.Number));

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
