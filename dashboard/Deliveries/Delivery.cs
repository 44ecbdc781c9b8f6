using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Deliveries;
using CivicSignals.Ledger;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>
/// One account follows the ledger's public alerts: an alert is posted, later versions edit its post. A post is on disk as tried before the network
/// is asked and as sent after it has answered, and only then the account's position moves; so a kill at any moment loses and doubles nothing.
/// </summary>
/// <param name="account">Who is told.</param>
/// <param name="neighbourhoods">Slugs that it speaks for; empty: all.</param>
/// <param name="ledger">What is followed.</param>
/// <param name="store">What stands on the account.</param>
/// <param name="words">Writes a post.</param>
/// <param name="board">Shows how it stands.</param>
/// <param name="metrics">Counts.</param>
/// <param name="time">Clock of waits.</param>
/// <param name="logger">Failures go here.</param>
internal sealed class Delivery(
    IAccount account, IReadOnlySet<string> neighbourhoods, ILedgerReader ledger, IDeliveryStore store, Func<Alert, Post> words, DeliveryBoard board,
    DeliveryMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int Page = 1000;

    /// <summary>Only a person can mend a secret: no need to ask often, and servers count refused sign-ins (Bluesky 100 a day).</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(15);

    private readonly Backoff _backoff = new(account.Target);
    private DeliveryState _state = new(account.Target);
    private Outbox? _outbox;
    private DateTimeOffset _pausedUntil;
    private bool _isSignedIn;
    private bool _isFailing;

    /// <summary>The account, as configured.</summary>
    public string Target => account.Target;

    /// <summary>Leaves the account to another silo. Should it come back, how far it has been told is read from the store anew.</summary>
    public void Leave()
    {
        _outbox = null;
        board.Remove(account.Target);
    }

    /// <summary>Reads what is new and sends what may be sent now.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger or the store is not there now; nothing is lost.</exception>
    public async Task TurnAsync(CancellationToken cancellation)
    {
        var outbox = _outbox ??= await OpenAsync(cancellation);
        try
        {
            if (!_isSignedIn && MayAsk)
                _isSignedIn = Heed(await account.SignInAsync(cancellation));
            do
                await ReadAsync(outbox, cancellation);
            while (outbox.Next is { } alert && await SettleAsync(outbox, alert, cancellation));
        }
        finally
        {
            _state = _state with { Waiting = outbox.Count, OldestAt = outbox.OldestAt };
            board.Show(_state);
        }
    }

    private bool MayAsk => time.GetUtcNow() >= _pausedUntil && account.Wait == TimeSpan.Zero;

    /// <summary>An account that is new begins at the ledger's head: nobody wants yesterday's alerts posted anew.</summary>
    private async Task<Outbox> OpenAsync(CancellationToken cancellation)
    {
        if (await store.PositionAsync(account.Target, cancellation) is { } known)
            return new Outbox(known);
        var head = await ledger.HeadAsync(cancellation);
        await store.SavePositionAsync(account.Target, head);
        return new Outbox(head);
    }

    private async Task ReadAsync(Outbox outbox, CancellationToken cancellation)
    {
        int read;
        do
        {
            var head = await ledger.HeadAsync(cancellation);
            if (head <= outbox.Read || outbox.IsFull)
                return;
            var entries = await ledger.ReadAsync(outbox.Read, TailScope.Public, Page, cancellation);
            foreach (var entry in entries)
                outbox.Add(entry.Seq, JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Alert)!);
            read = entries.Count;
            var last = read > 0 ? entries[^1].Seq : 0;
            outbox.ReadUpTo(read == Page ? last : Math.Max(head, last));
        }
        while (read == Page);
    }

    /// <summary>Settles one alert; false: nothing more may be sent now.</summary>
    private async Task<bool> SettleAsync(Outbox outbox, Alert alert, CancellationToken cancellation)
    {
        var known = await store.FindAsync(account.Target, alert.Id, cancellation);
        var post = words(alert);
        if (!IsNews(alert, post, known))
        {
            outbox.Remove(alert.Id);
            await store.SavePositionAsync(account.Target, outbox.Settled);
            return true;
        }

        if (!_isSignedIn || !MayAsk)
            return false;
        var (answer, stands) = await SendAsync(post, known, cancellation);
        metrics.Answered(account.Target, answer.Verdict);
        if (!Heed(answer) && answer.Verdict is not (Verdict.Gone or Verdict.Rejected))
        {
            outbox.Fail(alert.Id);
            return false;
        }

        var now = time.GetUtcNow();
        if (answer.Verdict == Verdict.Done)
            _state = _state with { SentAt = now };
        else
            stands = stands with { Ended = true };
        if (answer.Verdict != Verdict.Rejected)
            await store.SaveAsync(account.Target, stands with { Remote = answer.Remote, Version = alert.Version, At = now });
        outbox.Remove(alert.Id);
        await store.SavePositionAsync(account.Target, outbox.Settled);
        return true;
    }

    /// <summary>Whether the account is to hear of it: not what it has heard, nor the end of what it never heard of, nor what someone took away twice.</summary>
    private bool IsNews(Alert alert, Post post, Delivered? known) => known is null
        ? post.Ending is null && (neighbourhoods.Count == 0 || (alert.NeighbourhoodSlug is { } slug && neighbourhoods.Contains(slug)))
        : known.Version < alert.Version && known is not { Ended: true, Remote: "" };

    /// <summary>Posts or edits; the answer, and what then stands there when it is done.</summary>
    private async Task<(Answer Answer, Delivered Stands)> SendAsync(Post post, Delivered? known, CancellationToken cancellation)
    {
        var stands = known ?? new Delivered(post.Alert, "", 0, 1, false, time.GetUtcNow());
        stands = stands with { Ended = post.Ending is not null };
        if (known is null)
            return (await PostAsync(post, stands, cancellation), stands);
        var remote = known.Remote;
        if (remote.Length == 0)
        {
            var found = await account.FindAsync(post, known.Posts, cancellation);
            if (found.Verdict == Verdict.Gone && post.Ending is null)
                found = await PostAsync(post, stands, cancellation); // If it is there after all it may say what it first said: edited below.
            if (found.Verdict != Verdict.Done)
                return (found, stands);
            remote = found.Remote;
        }

        var edited = await account.EditAsync(remote, post, cancellation);
        if (edited.Verdict != Verdict.Gone || post.Ending is not null || known.Posts > 1)
            return (edited, stands);
        stands = stands with { Posts = 2 };
        return (await PostAsync(post, stands, cancellation), stands);
    }

    private async Task<Answer> PostAsync(Post post, Delivered stands, CancellationToken cancellation)
    {
        await store.SaveAsync(account.Target, stands with { Remote = "", Version = 0, At = time.GetUtcNow() });
        var answer = await account.PostAsync(post, stands.Posts, cancellation);
        return answer.Verdict == Verdict.Gone ? answer with { Verdict = Verdict.Rejected } : answer;
    }

    /// <summary>Takes an answer to heart: shows it, and pauses after a failure. True: done.</summary>
    private bool Heed(Answer answer)
    {
        var now = time.GetUtcNow();
        if (answer.Verdict == Verdict.Done)
        {
            if (_isFailing)
                logger.DeliveryRecovered(account.Target);
            _isFailing = false;
            _backoff.Reset();
            return true;
        }

        _state = _state with { FailedAt = now, Failure = answer.Why };
        switch (answer.Verdict)
        {
            case Verdict.Gone:
                logger.DeliveryGone(account.Target);
                return false;
            case Verdict.Rejected:
                logger.DeliveryRejected(account.Target, answer.Why);
                return false;
            case Verdict.Refused:
                logger.DeliveryRefused(account.Target, answer.Why);
                _isSignedIn = false;
                _pausedUntil = now + AfterRefusal;
                break;
            case Verdict.Failed:
                _pausedUntil = now + _backoff.Next();
                break;
            default:
                break; // Limited: the account's allowance knows until when.
        }

        // The pause ends in another try: only the first failure of an outage is news.
        if (!_isFailing && answer.Verdict != Verdict.Refused)
            logger.DeliveryFailed(account.Target, answer.Why);
        _isFailing = true;
        return false;
    }
}
