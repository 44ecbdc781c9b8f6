using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// From what a network says about a post to a signal: where it is, what it says, whom it repeats. A post that names no place, or says nothing that
/// happens there, is ambient and leaves no trace. Thread-safe; what happens to one post keeps the order of calls.
/// </summary>
internal sealed class PostIntake(
    SignalPipeline pipeline, IPostStore store, PostMemory memory, Geoparser geoparser, IPostReader reader, ILogger<PostIntake> log)
{
    private readonly PostLanes _lanes = new();

    /// <summary>
    /// Takes one frame. When the task completes with <see cref="MessageStatus.Accepted"/>, everything that it changed is on disk: evidence,
    /// the post's text, or its removal.
    /// </summary>
    /// <param name="via">The entrance: <c>bluesky</c> or <c>mastodon</c>.</param>
    /// <param name="reading">What the frame says.</param>
    /// <param name="bytes">The frame's size.</param>
    /// <param name="receivedAt">When it was received.</param>
    public ValueTask<MessageOutcome> AcceptAsync(string via, in PostReading reading, int bytes, DateTimeOffset receivedAt)
    {
        var frame = new Frame(via, bytes, receivedAt);
        if (reading.Reason is { } reason)
            return OfferAsync(frame, Decoded.Reject(reason, reading.Detail));
        return reading.Event switch
        {
            null => OfferAsync(frame, Decoded.Ambient),
            { Change: PostChange.Posted, Author.Length: > 0 } post => Judge(post, receivedAt) is { } signal
                ? new(_lanes.RunAsync(post.Id, () => GuardAsync(frame, () => PostAsync(frame, post, signal))))
                : OfferAsync(frame, Decoded.Ambient),
            { Change: PostChange.Edited } post => Edit(frame, post),
            { Change: PostChange.Deleted } post => new(_lanes.RunAsync(post.Id, () => GuardAsync(frame, () => DeleteAsync(frame, post)))),
            { Change: PostChange.AuthorGone } post => new(_lanes.RunAloneAsync(() => GuardAsync(frame, () => RemoveAuthorAsync(frame, post)))),
            { Of: { } spread } => new(_lanes.RunAsync(spread, () => GuardAsync(frame, () => RepeatAsync(frame, spread)))),
            _ => OfferAsync(frame, Decoded.Ambient),
        };
    }

    /// <summary>The signal that a post is, or null. Machines are no witnesses.</summary>
    private Signal? Judge(PostEvent post, DateTimeOffset receivedAt)
    {
        if (post.Bot || post.Text.Length == 0 || post.Id.Length == 0)
            return null;
        var text = PostText.Of(post.Text);
        var said = reader.Read(text);
        if (said.Kind is not { } kind || geoparser.Locate(text).Place is not { } place)
            return null;
        var key = PostKeys.Key(post.Id);
        return new Signal
        {
            Source = PostKeys.Source(post.Author),
            Kind = kind,
            Active = true,
            Place = place,
            ObservedAt = receivedAt,
            ReceivedAt = receivedAt,
            Event = key,
            Credence = said.Credence < 1 ? said.Credence : null,
            Phrases = string.Join(", ", said.Phrases),
            Group = memory.Group(key, post.Of is { } quoted ? PostKeys.Key(quoted) : null, text, kind, place, receivedAt),
        };
    }

    private ValueTask<MessageOutcome> Edit(Frame frame, PostEvent post)
    {
        var signal = Judge(post, frame.ReceivedAt);
        return new(_lanes.RunAsync(post.Id, () => GuardAsync(frame, () => EditAsync(frame, post, signal))));
    }

    /// <summary>
    /// The text is on disk before its evidence, also while that waits for an incident: who deletes the post must find it. What comes again is not newer.
    /// </summary>
    private async Task<MessageOutcome> PostAsync(Frame frame, PostEvent post, Signal signal)
    {
        var before = await FindAsync(signal.Event!);
        if (before is null)
            await store.KeepAsync(Kept(post, signal));
        return await OfferAsync(frame, Decoded.Of(before is null ? signal : signal with { ObservedAt = before.At }));
    }

    private async Task<MessageOutcome> EditAsync(Frame frame, PostEvent post, Signal? signal)
    {
        if (await FindAsync(PostKeys.Key(post.Id)) is not { } before || !IsBy(post, before))
            return signal is null || post.Author.Length == 0 ? await OfferAsync(frame, Decoded.Ambient) : await PostAsync(frame, post, signal);
        if (signal is null)
            return await RemoveAsync(frame, [before]);
        signal = signal with { Source = before.Source };
        if (signal.Kind == before.Kind && signal.Place == before.Place)
        {
            await store.KeepAsync(Kept(post, signal) with { At = before.At, Group = before.Group });
            return await OfferAsync(frame, Decoded.Repetition);
        }

        // The old one ends first at any one moment: see the order in which areas weigh. Kept last, so that what is done again after a fault still ends it.
        var outcome = await OfferAsync(frame, new Decoded { Signals = [End(before, frame.ReceivedAt), signal] });
        if (outcome.Status == MessageStatus.Accepted)
            await store.KeepAsync(Kept(post, signal));
        return outcome;
    }

    private async Task<MessageOutcome> DeleteAsync(Frame frame, PostEvent post)
    {
        var kept = await FindAsync(PostKeys.Key(post.Id));
        return kept is null || !IsBy(post, kept)
            ? await OfferAsync(frame, Decoded.Ambient)
            : await RemoveAsync(frame, [kept]);
    }

    private async Task<MessageOutcome> RemoveAuthorAsync(Frame frame, PostEvent author)
    {
        var kept = await store.OfSourceAsync(PostKeys.Source(author.Author), CancellationToken.None);
        return kept.Count == 0 ? await OfferAsync(frame, Decoded.Ambient) : await RemoveAsync(frame, kept);
    }

    /// <summary>Ends their evidence, then removes their texts: in this order, a fault between is made good when it is said again.</summary>
    private async Task<MessageOutcome> RemoveAsync(Frame frame, IReadOnlyList<KeptPost> posts)
    {
        var outcome = await OfferAsync(frame, new Decoded { Signals = [.. posts.Select(post => End(post, frame.ReceivedAt))] });
        if (outcome.Status == MessageStatus.Accepted)
            await store.ForgetAsync([.. posts.Select(post => post.Key)]);
        return outcome;
    }

    private async Task<MessageOutcome> RepeatAsync(Frame frame, string spread) =>
        await OfferAsync(frame, await FindAsync(PostKeys.Key(spread)) is null ? Decoded.Ambient : Decoded.Repetition);

    /// <summary>Counts what fails before it has been offered; after that it has been counted.</summary>
    private async Task<MessageOutcome> GuardAsync(Frame frame, Func<Task<MessageOutcome>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e)
        {
            IngestLog.PostFailed(log, e);
            return frame.IsOffered ? MessageOutcome.Failed(Reasons.MemoryUnavailable) : pipeline.Fail(Reasons.MemoryUnavailable);
        }
    }

    private ValueTask<MessageOutcome> OfferAsync(Frame frame, in Decoded decoded)
    {
        frame.IsOffered = true;
        return pipeline.AcceptDecodedAsync(frame.Via, "", frame.Bytes, frame.ReceivedAt, decoded);
    }

    /// <summary>Whether a kept post is whose it should be. Some networks do not say whose: an id of theirs has one author.</summary>
    private static bool IsBy(PostEvent post, KeptPost kept) => post.Author.Length == 0 || kept.Source == PostKeys.Source(post.Author);

    private async Task<KeptPost?> FindAsync(string key) => (await store.FindAsync([key], CancellationToken.None)).SingleOrDefault();

    private static KeptPost Kept(PostEvent post, Signal signal) => new(
        signal.Event!,
        signal.Source,
        post.Text.Length > PostText.MaxLength ? post.Text[..PostText.MaxLength] : post.Text,
        post.Url,
        signal.ReceivedAt,
        signal.Kind,
        signal.Place,
        signal.Group);

    private static Signal End(KeptPost post, DateTimeOffset at) => new()
    {
        Source = post.Source,
        Kind = post.Kind,
        Active = false,
        Place = post.Place,
        ObservedAt = at,
        ReceivedAt = at,
        Event = post.Key,
        Group = post.Group,
    };

    /// <summary>One frame on its way.</summary>
    private sealed class Frame(string via, int bytes, DateTimeOffset receivedAt)
    {
        public string Via => via;

        public int Bytes => bytes;

        public DateTimeOffset ReceivedAt => receivedAt;

        public bool IsOffered { get; set; }
    }
}
