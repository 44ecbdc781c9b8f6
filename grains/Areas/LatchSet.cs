using System.Collections;

namespace CivicSignals.Areas;

/// <summary>
/// The latches of an area, by who says what; immutable, and cheap to change a little or a lot of: segments of a hash table, of which a
/// <see cref="LatchDraft"/> copies only those that it writes to, each once.
/// </summary>
public sealed class LatchSet : IReadOnlyCollection<Latch>
{
    /// <summary>Slots in a segment.</summary>
    internal const int Slots = 64;

    /// <summary>A segment is never fuller: a search always meets a free slot, and soon.</summary>
    internal const int MostInSegment = 52;

    internal LatchSet(Latch?[][] segments, int count) => (Segments, Count) = (segments, count);

    public static LatchSet Empty { get; } = new([new Latch?[Slots]], 0);

    public static LatchSet Of(IEnumerable<Latch> latches)
    {
        var draft = new LatchDraft(Empty);
        foreach (var latch in latches)
            draft.Put(latch);
        return draft.Done();
    }

    public int Count { get; }

    /// <summary>As many as a power of two.</summary>
    internal Latch?[][] Segments { get; }

    /// <summary>What a source last said of a kind, or null.</summary>
    public Latch? Find(LatchKey key) => Find(Segments, key, key.GetHashCode());

    /// <summary>With a latch, in place of the one of the same source and kind.</summary>
    public LatchSet With(Latch latch)
    {
        var draft = new LatchDraft(this);
        draft.Put(latch);
        return draft.Done();
    }

    /// <summary>In no order.</summary>
    public IEnumerator<Latch> GetEnumerator() => All(Segments).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static Latch? Find(Latch?[][] segments, LatchKey key, int hash)
    {
        var segment = segments[Segment(segments, hash)];
        for (var at = Slot(hash); segment[at] is { } latch; at = (at + 1) % Slots)
        {
            if (latch.Hash == hash && latch.Source == key.Source && latch.Kind == key.Kind)
                return latch;
        }

        return null;
    }

    internal static IEnumerable<Latch> All(Latch?[][] segments) => segments.SelectMany(static segment => segment.OfType<Latch>());

    internal static int Segment(Latch?[][] segments, int hash) => (hash >>> 8) & (segments.Length - 1);

    internal static int Slot(int hash) => hash & (Slots - 1);
}
