using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;
using CivicSignals.Notices;

namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>
/// Other people's alerts: CAP by Atom or RSS. Each thread is one notice and at most one signal. What leaves the feed is no longer in force.
/// </summary>
internal sealed class CapFeed(FeedOptions feed, CapEntries entries, CapEvidence evidence, INoticeStore store, string ownSender) : IFeedFormat
{
    public const string Name = "cap";

    private const int MostKept = 10_000;

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The feed's threads, as they are on disk.</summary>
    private IReadOnlyCollection<Notice>? _kept;

    public async Task<FeedReading> ReadAsync(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        _kept ??= [.. await store.OfFeedAsync(feed.Label, MostKept, cancellation)];
        var (read, reason, detail) = await entries.ReadAsync(body, cancellation);
        if (read is null)
            return FeedReading.Reject(reason, detail);

        var threads = new CapThreads(feed.Label, _kept);
        foreach (var entry in read.Where(entry => Offence(entry, receivedAt) is null && IsForEveryone(entry.Reading.Message)).OrderBy(Sent).ThenBy(IsCancel))
            threads.Take(entry.Reading.Message!, entry);
        var partial = read.Any(entry => entry.Missing);
        if (!partial)
            threads.EndOthers(receivedAt);
        if (threads.Changed is { Count: > 0 } changed)
            await store.SaveAsync(changed, receivedAt);
        _kept = [.. threads.Notices.Values.Where(notice => (notice.EndedAt ?? notice.Expires) > receivedAt - INoticeStore.KeptFor)];

        return new FeedReading([.. read.Where(entry => !entry.Missing).Select(entry => Item(entry, threads, receivedAt))]) { Partial = partial };
    }

    private FeedItem Item(CapEntry entry, CapThreads threads, DateTimeOffset receivedAt)
    {
        if (Offence(entry, receivedAt) is { } offence)
            return new FeedItem(offence, entry.Reading.Message?.Bytes ?? 0);
        if (entry.Reading.Message is not { } message)
            return new FeedItem(Decoded.Ambient, 0);
        var signal = IsForEveryone(message) && threads.Holding(message) is { } notice ? evidence.Of(message, notice, receivedAt) : null;
        return new FeedItem(signal is null ? Decoded.Ambient : Decoded.Of(signal), message.Bytes);
    }

    private static Decoded? Offence(CapEntry entry, DateTimeOffset receivedAt)
    {
        if (entry.Reading.Reason is { } reason)
            return Decoded.Reject(reason, entry.Reading.Detail);
        return entry.Reading.Message?.Sent > receivedAt + Ahead ? Decoded.Reject(Reasons.BadTime, "sent lies ahead") : null;
    }

    /// <summary>Exercises and drafts are not to be acted upon, restricted alerts are for others, and what we said ourselves is no news.</summary>
    private bool IsForEveryone(CapMessage? message) =>
        message is { Status: "Actual", Scope: "Public", MsgType: "Alert" or "Update" or "Cancel" } && message.Sender != ownSender;

    private static DateTimeOffset Sent(CapEntry entry) => entry.Reading.Message!.Sent;

    private static bool IsCancel(CapEntry entry) => entry.Reading.Message!.MsgType == "Cancel";
}
