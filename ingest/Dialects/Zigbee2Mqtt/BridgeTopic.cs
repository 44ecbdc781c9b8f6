using CivicSignals.Ingest.Mqtt;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>The topics on which a gateway speaks of itself: they also tell where its base topic ends.</summary>
internal static class BridgeTopic
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Subjects = new HashSet<string>
    {
        "state", "devices", "groups", "info", "health", "logging", "event", "request", "response", "extensions", "converters", "definitions", "config",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Splits <c>{base}/bridge/{subject}/…</c>; the base may be empty or have levels.</summary>
    public static bool Find(ReadOnlySpan<char> path, out ReadOnlySpan<char> baseTopic, out ReadOnlySpan<char> subject)
    {
        var rest = path;
        while (!rest.IsEmpty)
        {
            var at = path.Length - rest.Length;
            if (TopicRules.Level(ref rest) is not "bridge" || rest.IsEmpty)
                continue;
            baseTopic = path[..Math.Max(0, at - 1)];
            subject = TopicRules.Level(ref rest);
            if (Subjects.Contains(subject))
                return true;
        }

        baseTopic = subject = default;
        return false;
    }
}
