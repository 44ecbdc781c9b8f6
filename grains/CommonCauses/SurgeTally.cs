namespace CivicSignals.CommonCauses;

/// <summary>
/// The alarms of one sort in a region: those of the newest window, against what such a window held before it. While little is known, halves of
/// what is known are compared: what has always been so is no surge. A late alarm counts as of the newest one.
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
    private readonly SurgeWindow _window = new();

    /// <summary>Older than the window while that is still short, but not older than the longest.</summary>
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _before = new();
    private readonly Queue<DateTimeOffset> _ordinary = new();

    /// <summary>A kind that only one place has said is that place's own affair: a heat alarm among smoke alarms that an update sets off.</summary>
    private readonly SortedSet<string> _kinds = new(StringComparer.Ordinal);

    private DateTimeOffset _now;
    private Surge? _surge;

    /// <summary>The surge that there is or was last, for each kind that it sets off.</summary>
    public IEnumerable<Surge> Surges => _surge is { } surge ? _kinds.Select(kind => surge with { Kind = kind }) : [];

    /// <returns>Whether a surge has begun, or has changed by so much that areas should know.</returns>
    public bool Count(HomeAlarm alarm)
    {
        if (alarm.At < since || alarm.At + _longest < _now)
            return false; // A late buffer: it speaks of another time.
        _now = alarm.At > _now ? alarm.At : _now;
        var known = _now - since;
        var window = known / 2 < _longest ? known / 2 : _longest;
        _window.Add(alarm);
        Leave(_now - window);

        var before = known - window < Day ? known - window : Day;
        var expected = before > TimeSpan.Zero ? Math.Max(1, (_ordinary.Count + _before.Count + 1) * (window / before)) : double.MaxValue;
        return _window.Places >= rule.LeastPlaces && _window.Places >= rule.LeastTimes * expected && Rise(window, Math.Log(_window.Places / expected));
    }

    private bool Rise(TimeSpan window, double lnTimes)
    {
        var now = new Surge(rule.Name, make, _now - window, _now + _longest, lnTimes, "");
        if (_surge is { } before && before.Until >= _now)
        {
            now = now with { From = before.From < now.From ? before.From : now.From, LnTimes = Math.Max(now.LnTimes, before.LnTimes) };
            if (now.LnTimes < before.LnTimes + Step && now.Until < before.Until + (_longest * Longer) && _kinds.IsSupersetOf(_window.SharedKinds))
                return false;
        }
        else
        {
            _kinds.Clear();
        }

        _kinds.UnionWith(_window.SharedKinds);
        _surge = now;
        return true;
    }

    /// <summary>Alarms leave the window: unless a surge of less than a day explains them, they are what is ordinary from now on.</summary>
    private void Leave(DateTimeOffset windowBegins)
    {
        if (_window.Count > MostInWindow)
            _window.TakeOldest();
        while (_window.TryTake(windowBegins, out var left))
            _before.Enqueue(left.At, left.At);
        while (_before.TryPeek(out var old, out _) && (old < _now - _longest || _before.Count > MostInWindow))
        {
            _before.Dequeue();
            if (!IsExplained(old))
                _ordinary.Enqueue(old);
        }

        while (_ordinary.Count > MostOrdinary || (_ordinary.TryPeek(out var oldest) && oldest < _now - _longest - Day))
            _ordinary.Dequeue();
    }

    private bool IsExplained(DateTimeOffset at) => _surge is { } surge && at >= surge.From && at <= surge.Until && _now - surge.From < Day;
}
