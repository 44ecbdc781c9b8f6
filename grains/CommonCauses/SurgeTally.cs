namespace CivicSignals.CommonCauses;

/// <summary>The alarms of one sort in a region: those of the newest window, against what a window held in the day before it.</summary>
/// <param name="rule">What they are counted for.</param>
/// <param name="make">The make that is counted, or null: any.</param>
internal sealed class SurgeTally(CommonCauseRule rule, string? make)
{
    private const int MostInWindow = 4096, MostOrdinary = 100_000;

    /// <summary>Areas are told again when it has become half as strong again, or lasts a quarter of its window longer.</summary>
    private const double Step = 0.4, Longer = 0.25;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TimeSpan _window = TimeSpan.FromMinutes(rule.WithinMinutes);
    private readonly List<HomeAlarm> _recent = [];
    private readonly Queue<DateTimeOffset> _ordinary = new();
    private DateTimeOffset? _since;

    public Surge? Surge { get; private set; }

    /// <returns>Whether a surge has begun, or has changed by so much that areas should know.</returns>
    public bool Count(HomeAlarm alarm)
    {
        _since ??= alarm.At;
        if (_recent.Count > 0 && alarm.At < _recent[^1].At - _window)
            return false; // A late buffer: it speaks of another time.
        Leave(alarm.At);
        if (_recent.Count == MostInWindow)
            _recent.RemoveAt(0);
        _recent.Add(alarm);
        var places = _recent.Select(other => other.Block).Distinct().Count();
        var expected = Math.Max(1, Expected(alarm.At));
        return places >= rule.LeastPlaces && places >= rule.LeastTimes * expected && Rise(alarm.At, Math.Log(places / expected));
    }

    private bool Rise(DateTimeOffset at, double lnTimes)
    {
        var now = new Surge(rule.Name, make, _recent.Min(other => other.At), at + _window, lnTimes);
        if (Surge is { } before && before.Until >= at)
        {
            now = now with { From = before.From < now.From ? before.From : now.From, LnTimes = Math.Max(now.LnTimes, before.LnTimes) };
            if (now.LnTimes < before.LnTimes + Step && now.Until < before.Until + (_window * Longer))
                return false;
        }

        Surge = now;
        return true;
    }

    /// <summary>Alarms leave the window: unless a surge explains them, they are what is ordinary from now on.</summary>
    private void Leave(DateTimeOffset at)
    {
        foreach (var old in _recent.Where(other => at - other.At > _window && !(other.At >= Surge?.From && other.At <= Surge.Until)))
            _ordinary.Enqueue(old.At);
        _recent.RemoveAll(other => at - other.At > _window);
        while (_ordinary.Count > MostOrdinary || (_ordinary.TryPeek(out var oldest) && oldest < at - _window - Day))
            _ordinary.Dequeue();
    }

    /// <summary>How many a window holds in ordinary times.</summary>
    private double Expected(DateTimeOffset at)
    {
        var known = at - _window - _since!.Value;
        return known < _window ? 0 : _ordinary.Count / ((known < Day ? known : Day) / _window);
    }
}
