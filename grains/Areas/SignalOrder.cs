using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>The one order in which a batch is weighed, whatever order it arrived in. At one instant an end comes before a beginning.</summary>
internal sealed class SignalOrder : IComparer<Signal>
{
    private static readonly SignalOrder Instance = new();

    /// <summary>The signals' positions in that order. What is alike stays in the order given.</summary>
    public static int[] Of(IReadOnlyList<Signal> signals)
    {
        var batch = signals as Signal[] ?? [.. signals];
        var order = new int[batch.Length];
        var sorted = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            sorted = sorted && (i == 0 || Instance.Compare(batch[i - 1], batch[i]) <= 0);
        }

        if (!sorted)
            Sort(batch, order);
        return order;
    }

    /// <summary>By the time of observation, which mostly decides; then what was observed at one instant.</summary>
    private static void Sort(Signal[] batch, int[] order)
    {
        var observed = Array.ConvertAll(batch, signal => signal.ObservedAt.UtcTicks);
        Array.Sort(observed, order);
        for (var (from, to) = (0, 1); from < order.Length; from = to++)
        {
            while (to < order.Length && observed[to] == observed[from])
                to++;
            if (to - from > 1)
                order.AsSpan(from, to - from).Sort((a, b) => Instance.Compare(batch[a], batch[b]) is not 0 and var apart ? apart : a.CompareTo(b));
        }
    }

    public int Compare(Signal? x, Signal? y)
    {
        var (a, b) = (x!, y!);
        var order = a.ObservedAt.CompareTo(b.ObservedAt);
        order = order != 0 ? order : a.ReceivedAt.CompareTo(b.ReceivedAt);
        order = order != 0 ? order : string.CompareOrdinal(a.Source, b.Source);
        order = order != 0 ? order : string.CompareOrdinal(a.Kind, b.Kind);
        order = order != 0 ? order : a.Active.CompareTo(b.Active);
        order = order != 0 ? order : b.SinceUnknown.CompareTo(a.SinceUnknown);
        order = order != 0 ? order : string.CompareOrdinal(a.Event, b.Event);
        order = order != 0 ? order : a.Place.Lat.CompareTo(b.Place.Lat);
        return order != 0 ? order : a.Place.Lon.CompareTo(b.Place.Lon);
    }
}
