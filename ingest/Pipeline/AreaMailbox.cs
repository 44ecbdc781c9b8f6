using CivicSignals.Signals;

namespace CivicSignals.Ingest.Pipeline;

/// <summary>A signal on its way to an area.</summary>
/// <param name="Signal">What.</param>
/// <param name="Message">The message that it came with.</param>
/// <param name="Final">Whether another area sent it here.</param>
internal readonly record struct Posting(Signal Signal, PendingMessage Message, bool Final);

/// <summary>What waits for one area, in order of arrival. One batch is under way at a time; what comes meanwhile is the next one.</summary>
internal sealed class AreaMailbox(string area, AreaMailboxes mailboxes)
{
    /// <summary>The most that an area takes at once.</summary>
    public const int MaxBatch = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<Posting> _waiting = new();
    private bool _busy;
    private bool _retired;

    public string Area => area;

    /// <summary>Takes postings in, together. False when the mailbox has emptied and closed: get a new one.</summary>
    public bool TryPost(ReadOnlySpan<Posting> postings)
    {
        lock (_gate)
        {
            if (_retired)
                return false;
            foreach (var posting in postings)
                _waiting.Enqueue(posting);
            if (_busy)
                return true;
            _busy = true;
        }

        _ = EmptyAsync();
        return true;
    }

    private async Task EmptyAsync()
    {
        while (Next() is { Length: > 0 } batch)
            await mailboxes.OfferAsync(area, batch);
    }

    /// <summary>The longest run from the front that can go in one call; empty: the mailbox is closed.</summary>
    private Posting[] Next()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _retired = true;
                mailboxes.Remove(this);
                return [];
            }

            var final = _waiting.Peek().Final;
            var batch = new List<Posting>(Math.Min(_waiting.Count, MaxBatch));
            while (batch.Count < MaxBatch && _waiting.TryPeek(out var posting) && posting.Final == final)
                batch.Add(_waiting.Dequeue());
            return [.. batch];
        }
    }
}
