using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.ZWave;

/// <summary>The Z-Wave network of one home.</summary>
internal sealed class Nodes
{
    /// <summary>A Z-Wave network has 232 nodes, one of long range 4,000; further ones are told apart no more.</summary>
    private const int MaxNodes = 4232;

    private readonly Dictionary<string, Body> _bodies = [];

    /// <summary>The gateway's program: a topic does not tell which, where there are several.</summary>
    public Link Link { get; } = new();

    /// <summary>A node by the levels before its values.</summary>
    public Body Of(ReadOnlySpan<char> node)
    {
        var known = _bodies.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(node, out var body))
            return body;
        body = new Body();
        if (_bodies.Count < MaxNodes)
            known.TryAdd(node, body);
        return body;
    }

    public bool Knows(ReadOnlySpan<char> node) => _bodies.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(node);
}
