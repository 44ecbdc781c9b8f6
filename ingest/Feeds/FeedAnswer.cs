using System.Net.Http.Headers;

namespace CivicSignals.Ingest.Feeds;

/// <summary>What came of asking an address.</summary>
internal sealed record FeedAnswer
{
    /// <summary>What it holds; empty when it has not changed, or could not be read.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Its media type in lower case; empty where it does not say.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>It has not changed since <see cref="Validators"/> were given.</summary>
    public bool NotModified { get; init; }

    /// <summary>What to ask with the next time; null: for all of it.</summary>
    public FeedValidators? Validators { get; init; }

    /// <summary>Why it could not be read: a few words without data of the answer; null: it could.</summary>
    public string? Failure { get; init; }

    /// <summary>It was longer than is read.</summary>
    public bool TooLarge { get; init; }

    /// <summary>How long it asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static FeedAnswer Failed(string failure) => new() { Failure = failure };
}

/// <summary>How a server tells versions of what it holds apart.</summary>
/// <param name="Tag">ETag, or null.</param>
/// <param name="Modified">Last-Modified, or null.</param>
internal sealed record FeedValidators(EntityTagHeaderValue? Tag, DateTimeOffset? Modified)
{
    /// <summary>It does not.</summary>
    public bool IsEmpty => Tag is null && Modified is null;
}
