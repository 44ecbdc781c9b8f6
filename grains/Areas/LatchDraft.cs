namespace CivicSignals.Areas;

/// <summary>A working copy of <see cref="LatchSet"/>.</summary>
public sealed class LatchDraft
{
    private Latch?[][] _segments;
    private bool[]? _own;

    public LatchDraft(LatchSet latches) => (_segments, Count) = (latches.Segments, latches.Count);

    private LatchDraft(int segments)
    {
        _segments = new Latch?[segments][];
        for (var i = 0; i < segments; i++)
            _segments[i] = new Latch?[LatchSet.Slots];
        _own = new bool[segments];
        Array.Fill(_own, true);
    }

    public int Count { get; private set; }

    /// <summary>In no order.</summary>
    public IEnumerable<Latch> All => LatchSet.All(_segments);

    /// <summary>What a source last said of a kind, or null.</summary>
    public Latch? Find(LatchKey key) => LatchSet.Find(_segments, key, key.GetHashCode());

    /// <summary>Keeps a latch, in place of the one of the same source and kind.</summary>
    public void Put(Latch latch)
    {
        while (!TryPut(latch))
            Grow();
    }

    /// <summary>False: there is none of that source and kind.</summary>
    public bool Remove(LatchKey key)
    {
        var hash = key.GetHashCode();
        if (LatchSet.Find(_segments, key, hash) is not { } latch)
            return false;
        var segment = Own(LatchSet.Segment(_segments, hash));
        var free = Array.IndexOf(segment, latch);
        Count--;

        // What was put behind it because its own slot was taken moves up: a search ends at the first free slot.
        for (var at = (free + 1) % LatchSet.Slots; segment[at] is { } next; at = (at + 1) % LatchSet.Slots)
        {
            if (Behind(LatchSet.Slot(next.Hash), at) < Behind(free, at))
                continue;
            segment[free] = next;
            free = at;
        }

        segment[free] = null;
        return true;
    }

    /// <summary>The latches as they are now. The draft may go on: it copies again what it has given away.</summary>
    public LatchSet Done()
    {
        _own = null;
        return new LatchSet(_segments, Count);
    }

    private bool TryPut(Latch latch)
    {
        var segment = Own(LatchSet.Segment(_segments, latch.Hash));
        var at = LatchSet.Slot(latch.Hash);
        while (segment[at] is { } other && (other.Hash != latch.Hash || other.Key != latch.Key))
            at = (at + 1) % LatchSet.Slots;
        if (segment[at] is null)
        {
            if (segment.Count(one => one is not null) >= LatchSet.MostInSegment)
                return false;
            Count++;
        }

        segment[at] = latch;
        return true;
    }

    private Latch?[] Own(int segment)
    {
        if (_own is null)
        {
            _own = new bool[_segments.Length];
            _segments = [.. _segments];
        }

        if (!_own[segment])
        {
            _own[segment] = true;
            _segments[segment] = [.. _segments[segment]];
        }

        return _segments[segment];
    }

    private void Grow()
    {
        var larger = new LatchDraft(_segments.Length * 2);
        foreach (var latch in All)
            larger.Put(latch);
        (_segments, _own) = (larger._segments, larger._own);
    }

    private static int Behind(int from, int at) => (at - from + LatchSet.Slots) % LatchSet.Slots;
}
