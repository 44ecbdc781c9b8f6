namespace CivicSignals.CommonCauses;

/// <summary>
/// Counts the alarms of a region's homes, and tells when more of a sort come together than the homes' own affairs explain. What is ordinary is
/// learned from the day before, surges left out. Pure and soft: after a restart the areas tell again what they hold.
/// </summary>
public sealed class SurgeWatch(IReadOnlyList<CommonCauseRule> rules)
{
    /// <summary>Bounds memory against invented makes.</summary>
    private const int MostTallies = 1000;

    private readonly Dictionary<(string Cause, string? Make), SurgeTally> _tallies = [];
    private DateTimeOffset? _since;

    /// <summary>The surges that explain alarms at a moment, by cause and make.</summary>
    public IReadOnlyList<Surge> At(DateTimeOffset now) =>
        [.. _tallies.Values.SelectMany(tally => tally.Surges).Where(surge => surge.Until > now).OrderBy(surge => surge.Cause, StringComparer.Ordinal).ThenBy(surge => surge.Make, StringComparer.Ordinal).ThenBy(surge => surge.Kind, StringComparer.Ordinal)];

    /// <summary>Counts alarms.</summary>
    /// <returns>Whether a surge has begun, or has changed by so much that areas should know.</returns>
    public bool Note(IReadOnlyList<HomeAlarm> alarms)
    {
        var changed = false;
        foreach (var alarm in alarms)
        {
            _since ??= alarm.At;
            foreach (var rule in rules)
            {
                if (rule.Kinds.Contains(alarm.Kind) && (!rule.PerMake || alarm.Make is not null) && Find(rule, alarm) is { } tally)
                    changed |= tally.Count(alarm);
            }
        }

        return changed;
    }

    private SurgeTally? Find(CommonCauseRule rule, HomeAlarm alarm)
    {
        var key = (rule.Name, rule.PerMake ? alarm.Make : null);
        if (!_tallies.TryGetValue(key, out var tally) && _tallies.Count < MostTallies)
            _tallies.Add(key, tally = new SurgeTally(rule, key.Item2, _since!.Value));
        return tally;
    }
}
