namespace CivicSignals.Ingest.Reports;

/// <summary>
/// How much may be said: by one reporter, about one area, about one neighbourhood. What an area has not heard yet passes while only its neighbours are
/// loud. Per silo and bounded in memory; thread-safe.
/// </summary>
internal sealed class ReportLimits(TimeProvider time)
{
    /// <summary>Reports of one reporter in a <see cref="Window"/>: enough for a mistake and a second look, too few to make a street burn.</summary>
    public const int PerReporter = 6;

    /// <summary>Reports about one area in a window; belief is capped long before.</summary>
    public const int PerArea = 120;

    /// <summary>Reports about one neighbourhood in a window.</summary>
    public const int PerNeighbourhood = 240;

    /// <summary>How long a report counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int MostKeys = 50_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Until, int Count)> _counts = [];

    /// <summary>Counts a report of a reporter. Null: go on; else how long to wait.</summary>
    public TimeSpan? Try(string reporter)
    {
        lock (_gate)
            return Count($"reporter {reporter}", PerReporter);
    }

    /// <summary>Counts a report about a place. Null: go on; else it is one of too many, and how long to wait.</summary>
    /// <param name="area">Quadkey.</param>
    /// <param name="neighbourhood">Slug; empty outside all.</param>
    /// <param name="said">What is said: a kind, or an incident and what is said of it.</param>
    public TimeSpan? Try(string area, string neighbourhood, string said)
    {
        lock (_gate)
        {
            var isFirst = Count($"said {area} {said}", int.MaxValue, out var before) is null && before == 0;
            var wait = Count($"area {area}", PerArea) ?? Count($"neighbourhood {neighbourhood}", PerNeighbourhood);
            return isFirst ? null : wait;
        }
    }

    private TimeSpan? Count(string key, int most) => Count(key, most, out _);

    private TimeSpan? Count(string key, int most, out int before)
    {
        var now = time.GetUtcNow();
        if (!_counts.TryGetValue(key, out var count) || count.Until <= now)
        {
            MakeRoom(now);
            count = (now + Window, 0);
        }

        before = count.Count;
        if (before >= most)
            return count.Until - now;
        _counts[key] = count with { Count = before + 1 };
        return null;
    }

    /// <summary>The least loud go first: who fills the memory forgives nobody who was loud.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        if (_counts.Count < MostKeys)
            return;
        foreach (var key in _counts.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToList())
            _counts.Remove(key);
        if (_counts.Count < MostKeys)
            return;
        foreach (var key in _counts.OrderBy(pair => pair.Value.Count).ThenBy(pair => pair.Value.Until).Take(MostKeys / 10).Select(pair => pair.Key).ToList())
            _counts.Remove(key);
    }
}
