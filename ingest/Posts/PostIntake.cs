using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>From what a network says about a post to a signal: where it is, what it says, whom it repeats.</summary>
internal sealed class PostIntake(SignalPipeline pipeline)
{
    /// <summary>
    /// Takes one frame. When the task completes with <see cref="MessageStatus.Accepted"/>, everything that it changed is on disk: evidence,
    /// the post's text, or its removal.
    /// </summary>
    /// <param name="via">The entrance: <c>bluesky</c> or <c>mastodon</c>.</param>
    /// <param name="reading">What the frame says.</param>
    /// <param name="bytes">The frame's size.</param>
    /// <param name="receivedAt">When it was received.</param>
    public ValueTask<MessageOutcome> AcceptAsync(string via, in PostReading reading, int bytes, DateTimeOffset receivedAt) =>
        pipeline.AcceptDecodedAsync(via, "", bytes, receivedAt, reading.Reason is { } reason ? Decoded.Reject(reason, reading.Detail) : Decoded.Ambient);
}
