using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Tasmota;

/// <summary>The Tasmota nodes of one home that said whether they are online.</summary>
internal sealed class Nodes
{
    private const int MaxNodes = 256;

    private readonly Dictionary<string, Link> _links = [];

    public Link Learn(ReadOnlySpan<char> node)
    {
        var known = _links.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(node, out var link))
            return link;
        link = new Link();
        if (_links.Count < MaxNodes)
            known.TryAdd(node, link);
        return link;
    }

    /// <summary>The link of a node, or of the bridge that a device with a topic of its own (<c>{bridge}/{device}</c>) is behind.</summary>
    public Link LinkOf(ReadOnlySpan<char> node)
    {
        var known = _links.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var part = node; !part.IsEmpty; part = part[..Math.Max(0, part.LastIndexOf('/'))])
        {
            if (known.TryGetValue(part, out var link))
                return link;
        }

        return Learn(node);
    }
}
