using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;

namespace CivicSignals.Evaluation.Baselines;

/// <summary>Every alarm of a sensor is an alert; the same sensor's next within half an hour belongs to it.</summary>
internal static class AnySensor
{
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(30);

    public static IEnumerable<Claim> Claims(IEnumerable<Observation> observations)
    {
        var last = new Dictionary<(string, string), DateTimeOffset>();
        foreach (var seen in observations.Where(o => o is { IsSensor: true, Alone: true, ReceivedAt: not null }).OrderBy(o => o.ReceivedAt))
        {
            var key = (seen.Origin, seen.Hazard);
            if (last.TryGetValue(key, out var before) && seen.ReceivedAt - before < Same)
                continue;
            last[key] = seen.ReceivedAt!.Value;
            yield return new Claim(seen.Hazard, seen.Place, 0, seen.ReceivedAt.Value);
        }
    }
}
