namespace CivicSignals.Feeds;

/// <summary>One polled feed since this silo started.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Format"><c>waze</c>, <c>datex2</c> or <c>cap</c>.</param>
public sealed record FeedState(string Name, string Format)
{
    /// <summary>Polls, the failed ones included.</summary>
    public long Polls { get; init; }

    /// <summary>Polls that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Items of the last good poll: what goes on, and what is no evidence.</summary>
    public int Items { get; init; }

    /// <summary>Items that go on as evidence.</summary>
    public int GoingOn { get; init; }

    /// <summary>When a poll last succeeded; null: none has.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Why the last poll failed: a few words without data of the feed; null: it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>When it will be asked again; null: it is being asked.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
