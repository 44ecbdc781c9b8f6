using CivicSignals.Evaluation.Days;
using CivicSignals.Evaluation.Scoring;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Baselines;

/// <summary>Two of any alarms or reports of one hazard in the same area within five minutes are an alert; the next half hour belongs to it.</summary>
internal static class TwoOfN
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5), Same = TimeSpan.FromMinutes(30);

    public static IEnumerable<Claim> Claims(IEnumerable<Observation> observations)
    {
        var recent = new Dictionary<(string Area, string Hazard), Observation>();
        var told = new Dictionary<(string, string), DateTimeOffset>();
        foreach (var seen in observations.Where(o => o is { Alone: true, ReceivedAt: not null }).OrderBy(o => o.ReceivedAt))
        {
            var (key, at) = ((Tiles.Name(seen.Place), Hazards.Family(seen.Hazard)), seen.ReceivedAt!.Value);
            var pair = recent.TryGetValue(key, out var first) && first.Origin != seen.Origin && at - first.ReceivedAt <= Window;
            recent[key] = seen;
            if (!pair || (told.TryGetValue(key, out var before) && at - before < Same))
                continue;
            told[key] = at;
            var middle = new Point((first!.Place.Lat + seen.Place.Lat) / 2, (first.Place.Lon + seen.Place.Lon) / 2);
            yield return new Claim(seen.Hazard, middle, first.Place.MetresTo(seen.Place) / 2, at);
        }
    }
}
