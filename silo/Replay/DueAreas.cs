namespace CivicSignals.Silo.Replay;

/// <summary>Which areas have something to close, and when: what the ledger knows, without asking it at every line. Thread-safe.</summary>
internal sealed class DueAreas
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _due = [];
    private readonly SortedSet<(DateTimeOffset Due, string Area)> _order = new(Comparer<(DateTimeOffset Due, string Area)>.Create(Compare));

    /// <summary>Sets when an area is due; null: never.</summary>
    public void Set(string area, DateTimeOffset? due)
    {
        lock (_gate)
        {
            if (_due.Remove(area, out var before))
                _order.Remove((before, area));
            if (due is not { } at)
                return;
            _due.Add(area, at);
            _order.Add((at, area));
        }
    }

    /// <summary>The area that is due first, when that is at or before a moment. At one moment, areas come in the order of their quadkeys.</summary>
    public bool TryFirst(DateTimeOffset until, out (DateTimeOffset Due, string Area) first)
    {
        lock (_gate)
        {
            first = _order.Min;
            return _order.Count > 0 && first.Due <= until;
        }
    }

    private static int Compare((DateTimeOffset Due, string Area) a, (DateTimeOffset Due, string Area) b)
    {
        var byTime = a.Due.CompareTo(b.Due);
        return byTime != 0 ? byTime : string.CompareOrdinal(a.Area, b.Area);
    }
}
