using CivicSignals.Ingest.Mqtt;

namespace CivicSignals.Ingest.Dialects.Tasmota;

/// <summary>
/// A topic of Tasmota: <c>{prefix}/{node}/{suffix}</c>, or the first two in the other order, for users may reorder <c>FullTopic</c> and put
/// levels in front.
/// </summary>
internal readonly ref struct TasmotaTopic
{
    /// <summary>Whether the device speaks of itself, unasked.</summary>
    public bool IsTelemetry { get; private init; }

    /// <summary>Whose it is: all levels before the last one but the prefix.</summary>
    public ReadOnlySpan<char> Node { get; private init; }

    /// <summary>What it is about: the last level.</summary>
    public ReadOnlySpan<char> Suffix { get; private init; }

    public static bool TryRead(ReadOnlySpan<char> path, out TasmotaTopic topic)
    {
        topic = default;
        var slash = path.LastIndexOf('/');
        var rest = path[..Math.Max(0, slash)];
        var last = path[(slash + 1)..];
        while (!rest.IsEmpty)
        {
            var level = TopicRules.Level(ref rest);
            if (level is not ("tele" or "stat" or "cmnd"))
                continue;
            // With the prefix last, the node is in front of it.
            var node = rest.IsEmpty ? path[..Math.Max(0, slash - level.Length - 1)] : rest;
            topic = new TasmotaTopic { IsTelemetry = level is "tele", Node = node, Suffix = last };
            return !node.IsEmpty;
        }

        return false;
    }
}
