using CivicSignals.Faults.Load;

namespace CivicSignals.Faults.Checks;

/// <summary>How one fault was overcome.</summary>
/// <param name="TakenOver">Until of every home an alarm that was sent after the fault was committed; null: of some home never.</param>
/// <param name="CaughtUp">Until the last alarm was committed that had waited for more than <see cref="Prompt"/>; zero: none had.</param>
internal sealed record Recovery(TimeSpan? TakenOver, TimeSpan CaughtUp)
{
    /// <summary>An alarm committed within this has waited for nothing.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    /// <param name="from">When the fault was made, or for those that end by themselves, when it ended.</param>
    /// <param name="until">When the next one was.</param>
    /// <param name="sent">What was acknowledged, of all homes.</param>
    /// <param name="seen">When it was committed.</param>
    public static Recovery Of(DateTimeOffset from, DateTimeOffset until, IReadOnlyList<Sent> sent, IReadOnlyDictionary<(string, string, bool), DateTimeOffset> seen)
    {
        var alarms = sent.Where(one => !one.Ended && one.Begun < until && one.Acknowledged > from - TimeSpan.FromSeconds(5)).ToList();
        var firsts = alarms.Where(one => one.Begun >= from)
            .GroupBy(one => one.Source.Split('/')[1])
            .Select(home => home.Min(one => seen.TryGetValue(one.Key, out var at) ? at : DateTimeOffset.MaxValue))
            .ToList();
        var late = alarms.Where(one => seen.TryGetValue(one.Key, out var at) && at - one.Acknowledged > Prompt && at > from).Select(one => seen[one.Key] - from);
        return new Recovery(
            firsts.Count == 0 || firsts.Contains(DateTimeOffset.MaxValue) ? null : firsts.Max() - from,
            late.DefaultIfEmpty(TimeSpan.Zero).Max());
    }
}
