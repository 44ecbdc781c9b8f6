using System.Collections.Concurrent;
using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>Key sets by their content: a thousand devices of one model share one, which stays in the processor's caches.</summary>
internal static class DeviceKeySets
{
    /// <summary>Beyond so many, sets are not shared any more: bounds memory against invented models.</summary>
    private const int MaxSets = 10_000;

    private static readonly ConcurrentDictionary<string, DeviceKeySet> Sets = new(StringComparer.Ordinal);

    /// <summary>The set of these keys, each name and kind once.</summary>
    public static DeviceKeySet Shared(IEnumerable<DeviceKey> keys)
    {
        DeviceKey[] distinct = [.. keys.DistinctBy(key => (key.Name, key.Kind))];
        var content = JsonSerializer.Serialize(distinct.Select(key => key.Content));
        if (Sets.TryGetValue(content, out var known))
            return known;
        var fresh = new DeviceKeySet(distinct);
        return Sets.Count < MaxSets ? Sets.GetOrAdd(content, fresh) : fresh;
    }
}
