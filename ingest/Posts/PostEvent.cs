namespace CivicSignals.Ingest.Posts;

/// <summary>What happened to a post.</summary>
internal enum PostChange
{
    Posted,

    /// <summary>It says something else now.</summary>
    Edited,

    /// <summary>It is gone; only <see cref="PostEvent.Id"/> and the author are known.</summary>
    Deleted,

    /// <summary>Someone spread another's post (<see cref="PostEvent.Of"/>) without words of their own.</summary>
    Reposted,

    /// <summary>The author's account is gone, with all of its posts; there is no id.</summary>
    AuthorGone,
}

/// <summary>What a network says about one post, whatever the network.</summary>
internal sealed record PostEvent
{
    /// <summary><c>bluesky</c>, or <c>mastodon</c>.</summary>
    public required string Network { get; init; }

    public required PostChange Change { get; init; }

    /// <summary>The author, unique over all networks: <c>bluesky:did:plc:…</c>, <c>mastodon:name@host</c>. Empty where an edit or a deletion does not say.</summary>
    public required string Author { get; init; }

    /// <summary>The post, unique over all networks: <c>at://did/collection/rkey</c>, <c>mastodon:host/id</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>Plain text, as people read it.</summary>
    public string Text { get; init; } = "";

    /// <summary>As its author tags it, such as <c>en</c>; null: untagged.</summary>
    public string? Language { get; init; }

    /// <summary>Where people can read it.</summary>
    public string Url { get; init; } = "";

    /// <summary>The id of the post that it spreads or quotes; null: it stands for itself.</summary>
    public string? Of { get; init; }

    /// <summary>The id of the post that it answers, or null.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Whether its author says that it is a machine.</summary>
    public bool Bot { get; init; }
}

/// <summary>What a network's frame turned out to be: a post's event, nothing of interest, or a reason to reject it.</summary>
/// <param name="Event">What happened, or null.</param>
/// <param name="Reason">One of <see cref="Pipeline.Reasons"/>: why it cannot be read; or null.</param>
/// <param name="Detail">What exactly is wrong, without data of the message.</param>
internal readonly record struct PostReading(PostEvent? Event, string? Reason = null, string? Detail = null)
{
    /// <summary>Nothing that matters here: a like, an identity.</summary>
    public static PostReading Ambient => default;

    public static PostReading Reject(string reason, string? detail = null) => new(null, reason, detail);
}
