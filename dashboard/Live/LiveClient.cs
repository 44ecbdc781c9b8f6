using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.Live;

/// <summary>
/// One listener: first what it missed, from the ledger and then from the hub's recent frames, then what comes. In order, nothing twice,
/// nothing left out. When it falls too far behind it is dropped and resumes by the last sequence number that it has seen.
/// </summary>
public sealed class LiveClient : IDisposable
{
    private const int Page = 500;
    private const int Batch = 128;

    private readonly LiveHub _hub;
    private readonly ILedgerReader _ledger;
    private readonly LiveFilter _filter;
    private readonly Channel<LiveFrame> _waiting;
    private readonly CancellationTokenSource _dropped = new();
    private long? _seen;

    /// <param name="hub">Where the live frames come from.</param>
    /// <param name="ledger">Where the missed ones come from.</param>
    /// <param name="filter">What the client may see.</param>
    /// <param name="seen">The last sequence number that it has seen; 0: none; null: it wants only what comes from now on.</param>
    /// <param name="capacity">Frames that may wait for it.</param>
    internal LiveClient(LiveHub hub, ILedgerReader ledger, LiveFilter filter, long? seen, int capacity)
    {
        (_hub, _ledger, _filter, _seen) = (hub, ledger, filter, seen);
        _waiting = Channel.CreateBounded<LiveFrame>(new BoundedChannelOptions(capacity) { SingleReader = true, AllowSynchronousContinuations = false });
    }

    /// <summary>Cancelled when the client was dropped for being too slow: a write that still waits for it is to be given up.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>Frames in small batches, until the client is dropped, the hub stops or the token is cancelled.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LiveFrame>> FramesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await _hub.ReadyAsync(cancellation);
        List<LiveFrame>? recent;
        while (!_hub.TryJoin(this, out recent))
        {
            var missed = await MissedAsync(cancellation);
            if (missed.Count > 0)
                yield return missed;
        }

        try
        {
            if (recent.Count > 0)
                yield return recent;
            while (await _waiting.Reader.WaitToReadAsync(cancellation))
                yield return Waiting();
        }
        finally
        {
            _hub.Leave(this);
        }
    }

    /// <summary>Called by the hub under its lock. False: the ring does not reach back far enough yet.</summary>
    internal bool TryBegin(LiveRing ring, long position, out List<LiveFrame>? recent)
    {
        recent = null;
        var seen = _seen ?? position;
        if (seen < ring.CompleteAfter)
            return false;
        recent = ring.After(seen, _filter);
        _seen = Math.Max(seen, position);
        return true;
    }

    /// <summary>Called by the hub under its lock. False: the client is too slow.</summary>
    internal bool Offer(LiveFrame frame) =>
        (frame.Seq != 0 && frame.Seq <= _seen) || !_filter.Passes(frame) || _waiting.Writer.TryWrite(frame);

    internal void End() => _waiting.Writer.TryComplete();

    internal void Drop()
    {
        End();
        _dropped.Cancel();
    }

    public void Dispose() => _dropped.Dispose();

    private async Task<List<LiveFrame>> MissedAsync(CancellationToken cancellation)
    {
        // The head first: all that it covers is readable, so a page that is not full reaches at least up to it.
        var head = await _ledger.HeadAsync(cancellation);
        var page = await _ledger.ReadAsync(_seen ?? 0, _filter.Scope, Page, cancellation);
        var last = page.Count > 0 ? page[^1].Seq : 0;
        _seen = page.Count == Page ? last : Math.Max(head, last);
        return [.. page.Select(LiveFrame.Of).Where(_filter.Passes)];
    }

    private List<LiveFrame> Waiting()
    {
        var frames = new List<LiveFrame>();
        while (frames.Count < Batch && _waiting.Reader.TryRead(out var frame))
            frames.Add(frame);
        return frames;
    }
}
