using CivicSignals.Areas;
using CivicSignals.Fusion;

namespace CivicSignals.CommonCauses;

/// <summary>The shell around <see cref="SurgeWatch"/>. Areas report beside their turns, so that it may call them back.</summary>
public sealed class RegionGrain(FusionModel model, IGrainFactory grains, TimeProvider time) : Grain, IRegionGrain
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(24);

    private readonly SurgeWatch _watch = new(model.CommonCauses);
    private readonly SortedDictionary<string, DateTimeOffset> _areas = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<Surge>> NoteAsync(string area, IReadOnlyList<HomeAlarm> alarms, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var changed = _watch.Note(alarms);
        _areas[area] = now;
        var surges = _watch.At(now);
        if (changed)
        {
            foreach (var silent in _areas.Where(other => now - other.Value > Lately).Select(other => other.Key).ToList())
                _areas.Remove(silent);
            foreach (var other in _areas.Keys.Where(other => other != area).ToList())
                await grains.GetGrain<IAreaEdge>(other).ExplainAsync(surges, cancellation);
        }

        return surges;
    }
}
