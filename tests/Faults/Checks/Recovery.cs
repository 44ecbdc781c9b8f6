using CivicSignals.Faults.Load;

namespace CivicSignals.Faults.Checks;

/// <summary>How one fault was overcome.</summary>
/// <param name="TakenOver">Until of every home an alarm that was sent after the fault was committed; null: of some home never.</param>
/// <param name="LongestWait">The longest that an alarm waited to be committed after the broker had acknowledged it, or after the moment that is counted from.</param>
internal sealed record Recovery(TimeSpan? TakenOver, TimeSpan LongestWait)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);

    /// <param name="from">When the fault was made, or for those that end by themselves, when it ended.</param>
    /// <param name="sent">What was acknowledged, of all homes.</param>
    /// <param name="seen">When it was committed.</param>
    public static Recovery Of(DateTimeOffset from, IEnumerable<Sent> sent, IReadOnlyDictionary<(string, string, bool), DateTimeOffset> seen)
    {
        var alarms = sent.Where(one => !one.Ended && one.Acknowledged > from - Before)
            .Select(one => (Sent: one, Seen: seen.TryGetValue(one.Key, out var at) ? at : (DateTimeOffset?)null))
            .ToList();
        var firsts = alarms.Where(one => one.Sent.Begun >= from)
            .GroupBy(one => one.Sent.Source.Split('/')[1])
            .Select(home => home.Min(one => one.Seen ?? DateTimeOffset.MaxValue))
            .ToList();
        var waits = alarms.Where(one => one.Seen > from).Select(one => one.Seen!.Value - (one.Sent.Acknowledged > from ? one.Sent.Acknowledged : from));
        return new Recovery(
            firsts.Count == 0 || firsts.Contains(DateTimeOffset.MaxValue) ? null : firsts.Max() - from,
            waits.DefaultIfEmpty(TimeSpan.Zero).Max());
    }
}
