using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;

namespace CivicSignals.Silo.Replay;

/// <summary>
/// Plays a recording: each line at its time, one after the other, each settled before the next, so that the same lines give the same decisions.
/// Before a line, what is due by then is closed at the moment it is due.
/// </summary>
internal sealed class Playback(
    SignalPipeline pipeline,
    RecordedPosts posts,
    IGrainFactory grains,
    WatchedLedger ledger,
    DueAreas due,
    VirtualClock clock,
    MessageAccount account,
    OperatorStep people,
    DecisionLines decisions)
{
    /// <summary>An area that was due and closed nothing, for it has heard more since, is asked again after so long: as the platform does.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    /// <summary>Plays all lines and prints what is decided.</summary>
    public async Task RunAsync(LineReader lines, CancellationToken cancellation)
    {
        while (await lines.ReadAsync(cancellation))
        {
            if (lines.IsTooLong)
                Reject(lines.Number, Reasons.TooLarge);
            else if (!lines.Line.Span.Trim(" \r\t"u8).IsEmpty)
                await PlayAsync(lines.Line, lines.Number, cancellation);
        }

        decisions.Summarise(account.Read());
    }

    private async ValueTask PlayAsync(ReadOnlyMemory<byte> bytes, int number, CancellationToken cancellation)
    {
        if (LineParser.TryParse(bytes, out var line) is { } unreadable)
        {
            Reject(number, unreadable);
            return;
        }

        await TickAsync(line.At, cancellation);
        clock.MoveTo(line.At);
        if (line.Via == "tick")
            return;
        var outcome = await FeedAsync(line, cancellation);
        await ReconcileAsync(cancellation);
        await decisions.PrintAsync(ledger.Head, cancellation);
        if (outcome.Status == MessageStatus.Rejected)
            decisions.Reject(number, outcome.Reason!);
    }

    /// <summary>Closes what is due by a moment, in the order in which it is due.</summary>
    private async ValueTask TickAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        while (due.TryFirst(until, out var first))
        {
            clock.MoveTo(first.Due);
            due.Set(first.Area, clock.GetUtcNow() + AskAgain);
            await grains.GetGrain<IAreaGrain>(first.Area).TickAsync(cancellation);
            await ReconcileAsync(cancellation);
            await decisions.PrintAsync(ledger.Head, cancellation);
        }
    }

    /// <summary>Lets the areas that have changed compare their incidents with their neighbours', until nothing changes any more.</summary>
    private async ValueTask ReconcileAsync(CancellationToken cancellation)
    {
        while (ledger.TryChanged(out var area))
            await grains.GetGrain<IAreaEdge>(area).ReconcileAsync(cancellation);
    }

    private ValueTask<MessageOutcome> FeedAsync(in RecordedLine line, CancellationToken cancellation)
    {
        switch (line.Via)
        {
            case "mqtt" when line.Topic is { } topic && line.Payload is { } payload:
                return pipeline.AcceptAsync(new InboundMessage
                {
                    Via = "mqtt",
                    Topic = topic,
                    Payload = payload,
                    Retain = line.Retain,
                    ReceivedAt = clock.GetUtcNow(),
                });
            case "report" when line.Report is { } report:
                return pipeline.AcceptReportAsync(report, clock.GetUtcNow());
            case "bluesky" when line.Frame is { } frame:
                return posts.AcceptBlueskyAsync(frame, clock.GetUtcNow());
            case "mastodon" when line.Event is { } name && line.Payload is { } said:
                return posts.AcceptMastodonAsync(name, said, clock.GetUtcNow());
            case "operator":
                return new(people.ActAsync(line, cancellation));
            default:
                account.Receive();
                var reason = line.Via is "mqtt" or "report" or "bluesky" or "mastodon" or null ? Reasons.BadShape : LineReasons.UnsupportedVia;
                account.Reject(reason);
                return new(MessageOutcome.Rejected(reason));
        }
    }

    private void Reject(int number, string reason)
    {
        account.Receive();
        account.Reject(reason);
        decisions.Reject(number, reason);
    }
}
