namespace CivicSignals.Ingest.Dialects.Its;

/// <summary>Which kinds a source has used for an event: a message that ends an event need not say what it was. Forgets the oldest.</summary>
internal sealed class EventKinds(int capacity = 20_000)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Source, string Event), string[]> _kinds = [];
    private readonly Queue<(string Source, string Event)> _order = new();

    public void Add(string source, string @event, string kind)
    {
        lock (_gate)
        {
            var key = (source, @event);
            if (_kinds.TryGetValue(key, out var kinds))
            {
                if (!kinds.Contains(kind))
                    _kinds[key] = [.. kinds, kind];
                return;
            }

            if (_order.Count == capacity)
                _kinds.Remove(_order.Dequeue());
            _order.Enqueue(key);
            _kinds[key] = [kind];
        }
    }

    /// <summary>Empty when unknown. Kept, so that a message that comes again says the same.</summary>
    public IReadOnlyList<string> Of(string source, string @event)
    {
        lock (_gate)
            return _kinds.GetValueOrDefault((source, @event), []);
    }
}
