namespace CivicSignals.Feeds;

/// <summary>One polled feed since this silo started.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Format"><c>waze</c>, <c>datex2</c> or <c>cap</c>.</param>
[GenerateSerializer, Immutable, Alias("feed-state")]
public sealed record FeedState([property: Id(0)] string Name, [property: Id(1)] string Format)
{
    /// <summary>Polls, the failed ones included.</summary>
    [Id(2)]
    public long Polls { get; init; }

    /// <summary>Polls that failed.</summary>
    [Id(3)]
    public long Failures { get; init; }

    /// <summary>Items of the last good poll: what goes on, and what is no evidence.</summary>
    [Id(4)]
    public int Items { get; init; }

    /// <summary>Items that go on as evidence.</summary>
    [Id(5)]
    public int GoingOn { get; init; }

    /// <summary>When a poll last succeeded; null: none has.</summary>
    [Id(6)]
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Why the last poll failed: a few words without data of the feed; null: it did not.</summary>
    [Id(7)]
    public string? Failure { get; init; }

    /// <summary>When it will be asked again; null: it is being asked.</summary>
    [Id(8)]
    public DateTimeOffset? NextAt { get; init; }
}
