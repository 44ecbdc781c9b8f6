using CivicSignals.Signals;

namespace CivicSignals.Ledger;

/// <summary>
/// Public posts that became evidence, and how far each stream has been read; kept beside the ledger, which holds keys only: what its author
/// deletes is gone. What a task wrote is on disk when it completes. All members are thread-safe.
/// </summary>
public interface IPostStore
{
    /// <summary>How far a stream has been read, as <see cref="SaveCursorAsync"/> was told; null: never.</summary>
    /// <param name="stream">The stream's name: <c>bluesky</c>.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<string?> CursorAsync(string stream, CancellationToken cancellation);

    /// <summary>Keeps how far a stream has been read. To be called only when everything up to there is settled.</summary>
    Task SaveCursorAsync(string stream, string cursor);

    /// <summary>Keeps a post, instead of what was kept under its key.</summary>
    Task KeepAsync(KeptPost post);

    /// <summary>The posts with these keys that are kept, in no order.</summary>
    Task<IReadOnlyList<KeptPost>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation);

    /// <summary>Everything kept of one author.</summary>
    /// <param name="source">As <see cref="KeptPost.Source"/>.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<IReadOnlyList<KeptPost>> OfSourceAsync(string source, CancellationToken cancellation);

    /// <summary>The newest posts since a moment, newest first: what a new one may repeat.</summary>
    Task<IReadOnlyList<KeptPost>> RecentAsync(DateTimeOffset since, int limit, CancellationToken cancellation);

    /// <summary>Removes posts, their text included.</summary>
    Task ForgetAsync(IReadOnlyCollection<string> keys);

    /// <summary>Removes what was delivered before a moment: see <see cref="KeptPost.Kept"/>.</summary>
    Task ForgetBeforeAsync(DateTimeOffset moment);
}

/// <summary>A post as it is kept while it is evidence.</summary>
/// <param name="Key">Names it in evidence (<see cref="Signal.Event"/>): a hash of the network's id, from which that cannot be told.</param>
/// <param name="Source">Its author, as evidence names the source: <c>posts/</c> and a hash.</param>
/// <param name="Text">As plain text, at most 3,000 characters.</param>
/// <param name="Url">Where it can be read.</param>
/// <param name="At">When the network delivered it.</param>
/// <param name="Kind">What it says: <c>post.fire</c>.</param>
/// <param name="Place">Where.</param>
/// <param name="Group">As <see cref="Signal.Group"/>.</param>
public sealed record KeptPost(string Key, string Source, string Text, string Url, DateTimeOffset At, string Kind, Place Place, string? Group)
{
    /// <summary>A post is kept for so long, whether it became evidence or waited for an incident in vain.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>What the names of sources that are authors of posts begin with.</summary>
    public const string SourcePrefix = "posts/";
}
