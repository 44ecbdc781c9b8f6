using CivicSignals.Ingest.Dialects;

namespace CivicSignals.Ingest.Feeds;

/// <summary>What a body turned out to hold.</summary>
/// <param name="Items">Each is one message.</param>
internal sealed record FeedReading(IReadOnlyList<FeedItem> Items)
{
    /// <summary>Why the body cannot be read, one of <see cref="Pipeline.Reasons"/>; null: it can.</summary>
    public string? Reason { get; init; }

    /// <summary>What exactly is wrong, without data of the body.</summary>
    public string? Detail { get; init; }

    /// <summary>Part of it could not be fetched: what is missing has not ended.</summary>
    public bool Partial { get; init; }

    public static FeedReading Reject(string reason, string? detail = null) => new([]) { Reason = reason, Detail = detail };
}

/// <summary>One item of a body.</summary>
/// <param name="Decoded">What it says; at most one signal, an active one.</param>
/// <param name="Bytes">About how long it is.</param>
internal readonly record struct FeedItem(Decoded Decoded, int Bytes);
