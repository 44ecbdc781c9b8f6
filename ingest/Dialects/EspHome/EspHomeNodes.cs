using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.EspHome;

/// <summary>The ESPHome nodes of one home by their topic prefixes: each speaks for itself.</summary>
internal sealed class EspHomeNodes
{
    private const int MaxNodes = 500;

    private readonly Dictionary<string, (Link Link, Body Body)> _nodes = [];

    public bool Knows(ReadOnlySpan<char> prefix) => _nodes.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(prefix);

    public (Link Link, Body Body) Of(ReadOnlySpan<char> prefix)
    {
        var known = _nodes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(prefix, out var node))
            return node;
        node = (new Link(), new Body());
        if (_nodes.Count < MaxNodes)
            known.TryAdd(prefix, node);
        return node;
    }
}
