using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>The zigbee2mqtt programs of one home, one for each base topic.</summary>
internal sealed class Bridges
{
    private const int MaxBridges = 8;
    private const int MaxGroups = 1000;

    /// <summary>Base topics are paths; empty: all of the home's topics.</summary>
    private readonly Dictionary<string, Link> _links = [];

    private readonly Dictionary<string, HashSet<string>> _groups = [];

    /// <summary>The bridge of a base topic, learnt from where its own topics are.</summary>
    public Link Learn(ReadOnlySpan<char> baseTopic)
    {
        var known = _links.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(baseTopic, out var link))
            return link;
        link = new Link();
        if (_links.Count < MaxBridges)
            known.TryAdd(baseTopic, link);
        return link;
    }

    /// <summary>What a topic calls the device: what follows the base topic; empty when the topic is of no known base.</summary>
    public ReadOnlySpan<char> NameIn(ReadOnlySpan<char> path)
    {
        var best = -1;
        foreach (var known in _links.Keys)
        {
            if (known.Length == 0 || (path.StartsWith(known) && path.Length > known.Length && path[known.Length] == '/'))
                best = Math.Max(best, known.Length);
        }

        if (best < 0)
        {
            var first = path[..Math.Max(0, path.IndexOf('/'))];
            if (first is not ("z2m" or "zigbee2mqtt"))
                return default;
            best = first.Length;
        }

        return best == 0 ? path : path[(best + 1)..];
    }

    /// <summary>The bridge of a path whose name in it is known.</summary>
    public Link Of(ReadOnlySpan<char> path, ReadOnlySpan<char> name) => Learn(path[..Math.Max(0, path.Length - name.Length - 1)]);

    /// <summary>Takes in which groups there are under a base topic: a group repeats what its members say.</summary>
    public void LearnGroups(ReadOnlySpan<char> baseTopic, IEnumerable<string> paths)
    {
        if (_links.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(baseTopic))
            _groups.GetAlternateLookup<ReadOnlySpan<char>>()[baseTopic] = [.. paths.Take(MaxGroups)];
    }

    /// <summary>Whether a path is a group's, or of one of its keys.</summary>
    public bool IsOfGroup(ReadOnlySpan<char> path)
    {
        foreach (var groups in _groups.Values)
        {
            var known = groups.GetAlternateLookup<ReadOnlySpan<char>>();
            if (known.Contains(path) || known.Contains(path[..Math.Max(0, path.LastIndexOf('/'))]))
                return true;
        }

        return false;
    }
}
