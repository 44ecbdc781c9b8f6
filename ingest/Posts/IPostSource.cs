namespace CivicSignals.Ingest.Posts;

/// <summary>One network's server, as one stream of posts reads it.</summary>
internal interface IPostSource : IDisposable
{
    /// <summary>Names the stream in logs, metrics and under its cursor: <c>bluesky</c>. Without secrets.</summary>
    string Stream { get; }

    /// <summary>The entrance, as dead letters name it: <c>bluesky</c> or <c>mastodon</c>.</summary>
    string Network { get; }

    /// <summary>
    /// Connects and reads from where <paramref name="sink"/> stands until the connection ends: by an exception or by returning.
    /// </summary>
    /// <exception cref="StreamEndedException">It ended for a reason that says when to come back.</exception>
    Task ReadAsync(PostSink sink, CancellationToken cancellation);
}
