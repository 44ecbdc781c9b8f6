using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>What the discovery messages of one home say, by the topics that they name.</summary>
internal sealed class Entities
{
    /// <summary>Further ones are not taken in: bounds memory against invented ones.</summary>
    private const int MaxEntities = 20_000;
    private const int MaxKeys = 64;
    private const int MaxLinks = 2000;

    private readonly Dictionary<string, List<Entity>> _byConfig = [];
    private readonly Dictionary<string, List<Entity>> _byPath = [];
    private readonly Dictionary<string, Link> _links = [];
    private int _count;

    /// <summary>Whether a topic is named by a discovery message.</summary>
    public bool Names(ReadOnlySpan<char> path) => _byPath.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(path);

    /// <summary>Takes over what a discovery message now says, in place of what it said before; nothing: it was taken back.</summary>
    /// <returns>The topics that have another meaning now.</returns>
    public IEnumerable<string> Apply(string config, List<Entity> entities)
    {
        var changed = new HashSet<string>();
        _byConfig.Remove(config, out var before);
        foreach (var entity in before ?? [])
        {
            changed.Add(entity.Path);
            if (_byPath.TryGetValue(entity.Path, out var there) && there.Remove(entity) && there.Count == 0)
                _byPath.Remove(entity.Path);
        }

        _count += entities.Count - (before?.Count ?? 0);
        if (_count > MaxEntities)
        {
            _count -= entities.Count;
            return changed;
        }

        if (entities.Count > 0)
            _byConfig[config] = entities;
        foreach (var entity in entities)
        {
            changed.Add(entity.Path);
            if (!_byPath.TryGetValue(entity.Path, out var there))
                _byPath[entity.Path] = there = [];
            there.Add(entity);
        }

        return changed;
    }

    /// <summary>The device of a topic as it is now described; null: it says nothing of interest.</summary>
    public Device? DeviceOf(Home home, string path, IHomeDialect dialect)
    {
        if (!_byPath.TryGetValue(path, out var all))
            return null;
        var states = all.Where(entity => entity is { Key: not null, IsPresence: false }).DistinctBy(entity => entity.Id).Take(MaxKeys).ToList();
        if (states.Count == 0)
        {
            return all.Find(entity => entity.IsPresence) is { } presence && home.SourceOf(path) is { } itself
                ? new Device(itself, new DeviceKeySet([presence.Key!]), home, new Link(), dialect) { Notes = new Reading([presence], false, LinkOf(path)) }
                : null;
        }

        var read = states.Where(entity => !entity.IsUndecodable && home.SourceOf(entity.Id) is not null).ToArray();
        if (home.SourceOf(path) is not { } source)
            return null;
        return new Device(source, new DeviceKeySet([.. read.Select(entity => entity.Key!)]), home, LinkOf(states.Find(entity => entity.LinkPath != "")?.LinkPath ?? path), dialect)
        {
            KeySources = [.. read.Select(entity => home.SourceOf(entity.Id)!)],
            Notes = new Reading(read, states.Exists(entity => entity.IsUndecodable), null),
        };
    }

    private Link LinkOf(string path)
    {
        if (_links.TryGetValue(path, out var link))
            return link;
        link = new Link();
        if (_links.Count < MaxLinks)
            _links.Add(path, link);
        return link;
    }
}

/// <summary>How the messages of a topic are read.</summary>
/// <param name="Entities">One for each key of the device.</param>
/// <param name="HasUndecodable">Whether there are others that are not understood.</param>
/// <param name="Governs">The link whose presence it tells of; null: it is a state.</param>
internal sealed record Reading(Entity[] Entities, bool HasUndecodable, Link? Governs);
