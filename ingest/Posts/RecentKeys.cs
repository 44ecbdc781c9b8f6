namespace CivicSignals.Ingest.Posts;

/// <summary>The newest keys, to know what comes again after a rewind. Not thread-safe.</summary>
/// <param name="capacity">How many are remembered.</param>
internal sealed class RecentKeys(int capacity)
{
    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<UInt128> _order = new();

    public bool Contains(UInt128 key) => _known.Contains(key);

    public void Add(UInt128 key)
    {
        if (!_known.Add(key))
            return;
        _order.Enqueue(key);
        if (_order.Count > capacity)
            _known.Remove(_order.Dequeue());
    }
}
