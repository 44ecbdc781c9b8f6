namespace CivicSignals.CommonCauses;

/// <summary>
/// Counts the alarms of a region's homes, and tells when more of a sort come together than the homes' own affairs explain. What is ordinary is
/// learned from the day before, surges left out. Pure and soft: after a restart the areas tell again what they hold.
/// </summary>
public sealed class SurgeWatch(IReadOnlyList<CommonCauseRule> rules)
{
    /// <summary>Bounds memory against invented makes.</summary>
    private const int MostTallies = 1000;

    private readonly Dictionary<(string Cause, string? Make), Tally> _tallies = [];

    /// <summary>The surges that explain alarms at a moment, by cause and make.</summary>
    public IReadOnlyList<Surge> At(DateTimeOffset now) =>
        [.. _tallies.Values.Select(tally => tally.Surge).OfType<Surge>().Where(surge => surge.Until > now).OrderBy(surge => surge.Cause, StringComparer.Ordinal).ThenBy(surge => surge.Make, StringComparer.Ordinal)];

    /// <summary>Counts alarms.</summary>
    /// <returns>Whether a surge has begun, or has changed by so much that areas should know.</returns>
    public bool Note(IReadOnlyList<HomeAlarm> alarms)
    {
        var changed = false;
        foreach (var alarm in alarms)
        {
            foreach (var rule in rules)
            {
                if (rule.Kinds.Contains(alarm.Kind) && (!rule.PerMake || alarm.Make is not null) && Find(rule, alarm) is { } tally)
                    changed |= tally.Count(alarm);
            }
        }

        return changed;
    }

    private Tally? Find(CommonCauseRule rule, HomeAlarm alarm)
    {
        var key = (rule.Name, rule.PerMake ? alarm.Make : null);
        if (!_tallies.TryGetValue(key, out var tally) && _tallies.Count < MostTallies)
            _tallies.Add(key, tally = new Tally(rule, key.Item2));
        return tally;
    }

    /// <summary>The alarms of one sort.</summary>
    private sealed class Tally(CommonCauseRule rule, string? make)
    {
        private const int MostInWindow = 4096;

        /// <summary>Areas are told again when it has become half as strong again, or lasts a quarter of its window longer.</summary>
        private const double Step = 0.4, Longer = 0.25;

        private readonly TimeSpan _window = TimeSpan.FromMinutes(rule.WithinMinutes);
        private readonly List<HomeAlarm> _recent = [];
        private readonly Queue<(long Hour, int Count)> _ordinary = new();
        private int _ordinaryCount;
        private long _hour;
        private int _inHour;

        public Surge? Surge { get; private set; }

        public bool Count(HomeAlarm alarm)
        {
            var newest = _recent.Count > 0 ? _recent[^1].At : alarm.At;
            if (alarm.At < newest - _window)
                return false; // A late buffer: it speaks of another time.
            _recent.RemoveAll(other => alarm.At - other.At > _window);
            if (_recent.Count == MostInWindow)
                _recent.RemoveAt(0);
            _recent.Add(alarm);
            var places = _recent.Select(other => other.Block).Distinct().Count();
            var expected = Math.Max(1, Expected(alarm.At));
            var surges = places >= rule.LeastPlaces && places >= rule.LeastTimes * expected;
            if (!surges)
            {
                if (Surge is null || alarm.At > Surge.Until)
                    Ordinary(alarm.At);
                return false;
            }

            var now = new Surge(rule.Name, make, _recent.Min(other => other.At), alarm.At + _window, Math.Log(places / expected));
            if (Surge is { } before && before.Until >= alarm.At)
            {
                now = now with { From = before.From < now.From ? before.From : now.From, LnTimes = Math.Max(now.LnTimes, before.LnTimes) };
                if (now.LnTimes < before.LnTimes + Step && now.Until < before.Until + (_window * Longer))
                    return false;
            }

            Surge = now;
            return true;
        }

        /// <summary>How many a window holds in ordinary times, by the last day.</summary>
        private double Expected(DateTimeOffset at)
        {
            var hour = at.ToUnixTimeSeconds() / 3600;
            while (_ordinary.TryPeek(out var oldest) && oldest.Hour < hour - 24)
                _ordinaryCount -= _ordinary.Dequeue().Count;
            var hours = _ordinary.TryPeek(out var first) ? hour - first.Hour + 1 : 1;
            return (_ordinaryCount + _inHour) / (double)hours * _window.TotalHours;
        }

        private void Ordinary(DateTimeOffset at)
        {
            var hour = at.ToUnixTimeSeconds() / 3600;
            if (hour > _hour && _inHour > 0)
            {
                _ordinary.Enqueue((_hour, _inHour));
                _ordinaryCount += _inHour;
                _inHour = 0;
            }

            _hour = Math.Max(hour, _hour);
            _inHour++;
        }
    }
}
