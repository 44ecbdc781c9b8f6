namespace CivicSignals.Ingest.Feeds;

/// <summary>How a poll went.</summary>
internal sealed record FeedPollResult
{
    /// <summary>Why it failed: a few words without data of the feed; null: it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>How long the feed asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Items that it held.</summary>
    public int Items { get; init; }

    /// <summary>Items that go on as evidence.</summary>
    public int GoingOn { get; init; }
}
