using CivicSignals.Ingest.Mqtt;

namespace CivicSignals.Ingest.Intake;

/// <summary>The shares that owners of topics are divided into.</summary>
internal static class Share
{
    /// <summary>How many there are: enough for an even spread over a dozen machines, few enough that each gathers batches. The same on every machine for ever.</summary>
    public const int Count = 64;

    /// <summary>Messages that a share takes in one call.</summary>
    public const int MostAtOnce = 1024;

    /// <summary>The share of a topic's owner, 0..63; null: the topic is nobody's.</summary>
    public static int? Of(ReadOnlySpan<char> topic) => TopicRules.Owner(topic, out var owner) ? OfOwner(owner) : null;

    /// <summary>The share of a gateway, vehicle or source (FNV-1a, 32 bits, over its UTF-16 units).</summary>
    public static int OfOwner(ReadOnlySpan<char> owner)
    {
        var hash = 2166136261u;
        foreach (var letter in owner)
            hash = (hash ^ letter) * 16777619u;
        return (int)((hash ^ (hash >> 16)) % Count);
    }
}
