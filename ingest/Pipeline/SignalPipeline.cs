using System.Text.Json;
using System.Text.Unicode;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Reports;
using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Pipeline;

/// <summary>
/// The one way through: decode, locate, hand to the area, settle. Every message that goes in is counted once, and comes out as
/// accepted, rejected or failed; no input makes it throw. Thread-safe; messages of one caller keep their order.
/// </summary>
public sealed class SignalPipeline : IMessageIntake
{
    /// <summary>An ordinary payload's limit, bytes.</summary>
    public const int MaxPayload = 64 * 1024;

    /// <summary>The limit of a gateway's metadata, bytes.</summary>
    public const int MaxMetadata = 2 * 1024 * 1024;

    /// <summary>How far what people say is passed on to the areas around, metres: about an area's width.</summary>
    private const double MostSpreadM = 1500;

    private readonly IDialect[] _dialects;
    private readonly IKindCatalogue _kinds;
    private readonly Remit _remit;
    private readonly AreaMailboxes _areas;
    private readonly int _zoom;
    private readonly MessageAccount _account;
    private readonly DeadLetters _letters;
    private readonly RejectedMessages _rejected;
    private readonly IGatewayMemory _memory;
    private readonly IHomeWatch _watch;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly ILogger _log;

    internal SignalPipeline(
        IEnumerable<IDialect> dialects,
        IKindCatalogue kinds,
        Remit remit,
        IGrainFactory grains,
        AreaOptions areas,
        MessageAccount account,
        DeadLetters letters,
        RejectedMessages rejected,
        IGatewayMemory memory,
        IHomeWatch watch,
        Backlog backlog,
        TimeProvider time,
        IngestMetrics metrics,
        ILogger<SignalPipeline> log)
    {
        _dialects = [.. dialects];
        _kinds = kinds;
        _remit = remit;
        _areas = new AreaMailboxes(grains, time, metrics, log);
        _zoom = areas.Zoom;
        _account = account;
        _letters = letters;
        _rejected = rejected;
        _memory = memory;
        _watch = watch;
        Backlog = backlog;
        _time = time;
        _metrics = metrics;
        _log = log;
    }

    internal Backlog Backlog { get; }

    /// <summary>
    /// Takes one message. When the task completes with <see cref="MessageStatus.Accepted"/>, everything that the message changed is on disk.
    /// The order of calls is the order of arrival; the caller need not await one before the next. Messages that change nothing complete at once.
    /// </summary>
    public ValueTask<MessageOutcome> AcceptAsync(in InboundMessage message)
    {
        _account.Receive();
        var decoded = Decode(message);
        if (decoded.Reason is not null)
            return new(Reject(message.Via, message.Topic, message.Payload.Length, message.ReceivedAt, decoded, _rejected.Hold(decoded.Reason, message)));
        if (decoded.Remember)
            return new(RememberAsync(message.Topic, message.Payload));
        return Offer(decoded);
    }

    /// <summary>Takes one resident's report. Promises as <see cref="AcceptAsync"/>.</summary>
    /// <param name="report">JSON: <c>{"kind":"fire","says":"seen","lat":53.05,"lon":-2.99,"reporter":"r1"}</c>.</param>
    /// <param name="receivedAt">When it was received.</param>
    public ValueTask<MessageOutcome> AcceptReportAsync(ReadOnlyMemory<byte> report, DateTimeOffset receivedAt)
    {
        _account.Receive();
        var decoded = DecodeReport(report, receivedAt);
        return decoded.Reason is not null ? new(Reject("report", "", report.Length, receivedAt, decoded)) : Offer(decoded);
    }

    /// <summary>
    /// Takes one message that another entrance has decoded: a post, a feed's item, a person's word. It is counted here and must not be counted
    /// before. Promises as <see cref="AcceptAsync"/>.
    /// </summary>
    /// <param name="via">The entrance, as dead letters name it: <c>bluesky</c>.</param>
    /// <param name="subject">What the dead letter is about, without personal data; may be empty.</param>
    /// <param name="bytes">The message's size.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="decoded">What it says.</param>
    internal ValueTask<MessageOutcome> AcceptDecodedAsync(string via, string subject, int bytes, DateTimeOffset receivedAt, in Decoded decoded)
    {
        _account.Receive();
        return decoded.Reason is not null ? new(Reject(via, subject, bytes, receivedAt, decoded)) : Offer(decoded);
    }

    /// <summary>Takes a signal that the platform itself makes of what it sees. Promises as <see cref="AcceptAsync"/>.</summary>
    internal ValueTask<MessageOutcome> AcceptSignalAsync(Signal signal)
    {
        _account.Receive();
        return Offer(Decoded.Of(signal));
    }

    /// <summary>Counts a message that an entrance could not handle now, before it was offered: it will be sent again.</summary>
    internal MessageOutcome Fail(string reason)
    {
        _account.Receive();
        _account.Fail(reason);
        return MessageOutcome.Failed(reason);
    }

    /// <summary>Counts a message that an entrance has taken before and need not take again.</summary>
    internal void Repeat()
    {
        _account.Receive();
        _account.Settle(SignalOutcome.Repeated);
    }

    /// <summary>Reads back what gateways said about their devices. To be awaited before the first message.</summary>
    /// <returns>How many messages were recalled.</returns>
    public async Task<int> RecallAsync(CancellationToken cancellation)
    {
        var recalled = await _memory.RecallAsync(cancellation);
        Recall(recalled);
        return recalled.Count;
    }

    /// <summary>As <see cref="RecallAsync(CancellationToken)"/>, of one gateway. To be awaited before its first message.</summary>
    public async Task RecallAsync(string gateway, CancellationToken cancellation) => Recall(await _memory.RecallAsync(gateway, cancellation));

    /// <summary>Counts a message that was refused by its announced size alone.</summary>
    internal void RejectUnread(string via, string detail, DateTimeOffset at)
    {
        _account.Receive();
        Reject(via, "", 0, at, Decoded.Reject(Reasons.TooLarge, detail));
    }

    private void Recall(IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)> recalled)
    {
        foreach (var (topic, payload) in recalled)
            Decode(new InboundMessage { Via = "memory", Topic = topic, Payload = payload, Retain = true, ReceivedAt = DateTimeOffset.MinValue });
    }

    private Decoded Decode(in InboundMessage message)
    {
        if (TopicRules.Offence(message.Topic, message.Sender) is { } offence)
            return Decoded.Reject(offence);
        foreach (var dialect in _dialects)
        {
            if (!dialect.Recognises(message.Topic))
                continue;
            if (message.Payload.Length > MaxPayload && (message.Payload.Length > MaxMetadata || !dialect.IsMetadata(message.Topic)))
                return Decoded.Reject(Reasons.TooLarge, $"{message.Payload.Length} bytes");
            if (!dialect.IsBinary(message.Topic) && !Utf8.IsValid(message.Payload.Span))
                return Decoded.Reject(Reasons.BadEncoding, "not UTF-8");
            var decoded = Guard(dialect, message);
            return _remit.Covers(message.Topic, decoded.Signals) ? decoded : Decoded.Reject(Reasons.ForeignKind, "its sender may not say that");
        }

        return Decoded.Reject(Reasons.UnknownDialect);
    }

    private Decoded Guard(IDialect dialect, in InboundMessage message)
    {
        try
        {
            return dialect.Decode(message);
        }
        catch (Exception e)
        {
            return Refuse(e, message.Payload.Span);
        }
    }

    private Decoded DecodeReport(ReadOnlyMemory<byte> report, DateTimeOffset receivedAt)
    {
        if (report.Length > MaxPayload)
            return Decoded.Reject(Reasons.TooLarge, $"more than {MaxPayload} bytes");
        if (!Utf8.IsValid(report.Span))
            return Decoded.Reject(Reasons.BadEncoding, "not UTF-8");
        try
        {
            return ResidentReport.Decode(report, receivedAt, _kinds);
        }
        catch (Exception e)
        {
            return Refuse(e, report.Span);
        }
    }

    private Decoded Refuse(Exception e, ReadOnlySpan<byte> payload)
    {
        if (e is JsonException)
            return Decoded.Reject(StrictJson.WhyNot(payload));
        if (e is InvalidOperationException && e.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
            return Decoded.Reject(Reasons.BadEncoding, "an escaped lone surrogate");
        IngestLog.DecoderFailed(_log, e);
        return Decoded.Reject(Reasons.DecoderFault, e.GetType().Name);
    }

    private ValueTask<MessageOutcome> Offer(in Decoded decoded)
    {
        var signals = decoded.Signals;
        List<(Signal Signal, string Area, bool Final)>? addressed = null;
        for (var i = 0; i < signals.Count; i++)
        {
            _watch.Take(signals[i]);
            if (_kinds.Knows(signals[i].Kind))
                Address(signals[i], addressed ??= new(1));
        }

        if (addressed is null)
        {
            var outcome = decoded.Repeats ? SignalOutcome.Repeated : SignalOutcome.Ambient;
            _account.Settle(outcome);
            return new(MessageOutcome.Of(outcome));
        }

        var message = new PendingMessage(addressed.Count, decoded.Delivery, _time.GetTimestamp(), Settle);
        Backlog.Enter();
        foreach (var area in addressed.GroupBy(to => to.Area))
            _areas.Post(area.Key, [.. area.Select(to => new Posting(to.Signal, message, to.Final))]);

        return new(message.Settled);
    }

    /// <summary>The area that a signal is for; what waits for an incident is for all that its place touches.</summary>
    private void Address(Signal signal, List<(Signal Signal, string Area, bool Final)> to)
    {
        if (signal.Target is { } target)
        {
            to.Add((signal, target.Area, false));
            return;
        }

        var near = _kinds.Waits(signal.Kind) ? Quadkey.Near(signal.Place, Math.Min(signal.Place.UncertaintyM, MostSpreadM), _zoom) : [];
        to.Add((signal, Quadkey.At(signal.Place.Lat, signal.Place.Lon, _zoom), near.Count > 0));
        foreach (var area in near)
            to.Add((signal, area, true));
    }

    private void Settle(PendingMessage message)
    {
        if (message.Outcome.Status == MessageStatus.Failed)
            _account.Fail(message.Outcome.Reason!);
        else
            _account.Settle(message.Outcome.Signal);
        _metrics.Settled(_time.GetElapsedTime(message.StartedAt));
        Backlog.Leave();
    }

    private async Task<MessageOutcome> RememberAsync(string topic, ReadOnlyMemory<byte> payload)
    {
        Backlog.Enter();
        try
        {
            await _memory.RememberAsync(topic, payload, CancellationToken.None);
            _account.Settle(SignalOutcome.Ambient);
            return MessageOutcome.Ambient;
        }
        catch (Exception e)
        {
            IngestLog.MemoryFailed(_log, e);
            _account.Fail(Reasons.MemoryUnavailable);
            return MessageOutcome.Failed(Reasons.MemoryUnavailable);
        }
        finally
        {
            Backlog.Leave();
        }
    }

    private MessageOutcome Reject(string via, string topic, int bytes, DateTimeOffset at, in Decoded decoded, string? again = null)
    {
        _account.Reject(decoded.Reason!);
        _letters.Add(new DeadLetter(at == DateTimeOffset.MinValue ? _time.GetUtcNow() : at, via, TopicRules.Printable(topic), bytes, decoded.Reason!, decoded.Detail ?? "", again));
        return MessageOutcome.Rejected(decoded.Reason!, decoded.Detail);
    }
}
