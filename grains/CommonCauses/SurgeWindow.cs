using System.Runtime.InteropServices;

namespace CivicSignals.CommonCauses;

/// <summary>Alarms of some length of time, and at how many places each kind of them was said; an alarm costs the logarithm of how many there are.</summary>
public sealed class SurgeWindow
{
    private readonly PriorityQueue<HomeAlarm, DateTimeOffset> _alarms = new();
    private readonly Dictionary<string, int> _blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Block), int> _said = [];
    private readonly Dictionary<string, int> _placesOfKind = new(StringComparer.Ordinal);

    /// <summary>How many alarms.</summary>
    public int Count => _alarms.Count;

    /// <summary>How many places they come from.</summary>
    public int Places => _blocks.Count;

    /// <summary>Kinds that more than one place has said.</summary>
    public IEnumerable<string> SharedKinds => _placesOfKind.Where(kind => kind.Value > 1).Select(kind => kind.Key);

    /// <summary>Takes one more in, of any moment.</summary>
    public void Add(HomeAlarm alarm)
    {
        _alarms.Enqueue(alarm, alarm.At);
        Increase(_blocks, alarm.Block);
        if (Increase(_said, (alarm.Kind, alarm.Block)) == 1)
            Increase(_placesOfKind, alarm.Kind);
    }

    /// <summary>Takes the oldest alarm out, if it is from before a moment.</summary>
    public bool TryTake(DateTimeOffset before, out HomeAlarm alarm)
    {
        if (!_alarms.TryPeek(out alarm, out var at) || at >= before)
            return false;
        TakeOldest();
        return true;
    }

    /// <summary>Takes the oldest alarm out.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void TakeOldest()
    {
        var alarm = _alarms.Dequeue();
        Decrease(_blocks, alarm.Block);
        if (Decrease(_said, (alarm.Kind, alarm.Block)) == 0)
            Decrease(_placesOfKind, alarm.Kind);
    }

    private static int Increase<T>(Dictionary<T, int> counts, T key)
        where T : notnull => ++CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);

    private static int Decrease<T>(Dictionary<T, int> counts, T key)
        where T : notnull
    {
        var left = --CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        if (left == 0)
            counts.Remove(key);
        return left;
    }
}
