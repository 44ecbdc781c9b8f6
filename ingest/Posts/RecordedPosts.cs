using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>Takes what streams of posts delivered when they were recorded, as it is taken from the streams themselves: for <c>replay</c>.</summary>
public sealed class RecordedPosts
{
    /// <summary>A recording does not say which server it listened to: all its posts are of one.</summary>
    private const string MastodonHost = "replay";

    private readonly PostIntake _intake;

    internal RecordedPosts(PostIntake intake) => _intake = intake;

    /// <summary>Takes one Jetstream frame. When the task completes, everything that it changed is on disk.</summary>
    /// <param name="frame">JSON.</param>
    /// <param name="receivedAt">When it was received.</param>
    public ValueTask<MessageOutcome> AcceptBlueskyAsync(ReadOnlyMemory<byte> frame, DateTimeOffset receivedAt) =>
        _intake.AcceptAsync("bluesky", JetstreamFrames.Read(frame), frame.Length, receivedAt);

    /// <summary>Takes one event of Mastodon's streaming API. When the task completes, everything that it changed is on disk.</summary>
    /// <param name="name">The event, such as <c>update</c>.</param>
    /// <param name="payload">A status as JSON, or a bare id.</param>
    /// <param name="receivedAt">When it was received.</param>
    public ValueTask<MessageOutcome> AcceptMastodonAsync(string name, ReadOnlyMemory<byte> payload, DateTimeOffset receivedAt) =>
        _intake.AcceptAsync("mastodon", MastodonEvents.Read(name, payload, MastodonHost), payload.Length, receivedAt);
}
