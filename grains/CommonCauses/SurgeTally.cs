namespace CivicSignals.CommonCauses;

/// <summary>
/// The alarms of one sort in a region: those of the newest window, against what such a window held before it. While little is known, halves of
/// what is known are compared: what has always been so is no surge.
/// </summary>
/// <param name="rule">What they are counted for.</param>
/// <param name="make">The make that is counted, or null: any.</param>
/// <param name="since">Since when the region is watched.</param>
internal sealed class SurgeTally(CommonCauseRule rule, string? make, DateTimeOffset since)
{
    private const int MostInWindow = 4096, MostOrdinary = 100_000;

    /// <summary>Areas are told again when it has become half as strong again, or lasts a quarter of its window longer.</summary>
    private const double Step = 0.4, Longer = 0.25;

    /// <summary>What is ordinary is learned from so long. What lasts longer is ordinary too.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TimeSpan _longest = TimeSpan.FromMinutes(rule.WithinMinutes);
    private readonly List<HomeAlarm> _recent = [];
    private readonly Queue<DateTimeOffset> _ordinary = new();

    private Surge? _surge;

    /// <summary>A kind that only one place has said is that place's own affair: a heat alarm among smoke alarms that an update sets off.</summary>
    private readonly SortedSet<string> _kinds = new(StringComparer.Ordinal);

    /// <summary>The surge that there is or was last, for each kind that it sets off.</summary>
    public IEnumerable<Surge> Surges => _surge is { } surge ? _kinds.Select(kind => surge with { Kind = kind }) : [];

    /// <returns>Whether a surge has begun, or has changed by so much that areas should know.</returns>
    public bool Count(HomeAlarm alarm)
    {
        if (alarm.At < since || (_recent.Count > 0 && alarm.At < _recent[^1].At - _longest))
            return false; // A late buffer: it speaks of another time.
        Leave(alarm.At);
        if (_recent.Count == MostInWindow)
            _recent.RemoveAt(0);
        _recent.Add(alarm);

        var known = alarm.At - since;
        var window = known / 2 < _longest ? known / 2 : _longest;
        var before = known - window < Day ? known - window : Day;
        var places = _recent.Where(other => alarm.At - other.At <= window).Select(other => other.Block).Distinct().Count();
        var ordinary = _ordinary.Count + _recent.Count(other => alarm.At - other.At > window);
        var expected = before > TimeSpan.Zero ? Math.Max(1, (ordinary + 1) * (window / before)) : double.MaxValue;
        return places >= rule.LeastPlaces && places >= rule.LeastTimes * expected && Rise(alarm.At, window, Math.Log(places / expected));
    }

    private bool Rise(DateTimeOffset at, TimeSpan window, double lnTimes)
    {
        var now = new Surge(rule.Name, make, at - window, at + _longest, lnTimes, "");
        var kinds = _recent.Where(alarm => at - alarm.At <= window).GroupBy(alarm => alarm.Kind).Where(alarms => alarms.Select(alarm => alarm.Block).Distinct().Skip(1).Any()).Select(alarms => alarms.Key).ToList();
        if (_surge is { } before && before.Until >= at)
        {
            now = now with { From = before.From < now.From ? before.From : now.From, LnTimes = Math.Max(now.LnTimes, before.LnTimes) };
            if (now.LnTimes < before.LnTimes + Step && now.Until < before.Until + (_longest * Longer) && _kinds.IsSupersetOf(kinds))
                return false;
        }
        else
        {
            _kinds.Clear();
        }

        _kinds.UnionWith(kinds);
        _surge = now;
        return true;
    }

    /// <summary>Alarms leave the window: unless a surge of less than a day explains them, they are what is ordinary from now on.</summary>
    private void Leave(DateTimeOffset at)
    {
        foreach (var old in _recent.Where(other => at - other.At > _longest && !(_surge is { } surge && other.At >= surge.From && other.At <= surge.Until && at - surge.From < Day)))
            _ordinary.Enqueue(old.At);
        _recent.RemoveAll(other => at - other.At > _longest);
        while (_ordinary.Count > MostOrdinary || (_ordinary.TryPeek(out var oldest) && oldest < at - _longest - Day))
            _ordinary.Dequeue();
    }
}
