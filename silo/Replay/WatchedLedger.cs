using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Replay;

/// <summary>The ledger, with what a replay must know after each line: how far it has grown and which areas are due.</summary>
internal sealed class WatchedLedger(ILedger ledger, DueAreas due) : ILedger
{
    private readonly ConcurrentQueue<string> _changed = new();
    private long _head;

    /// <summary>The highest sequence number committed; 0 when there is none.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>The next area that has changed, in the order of their commits.</summary>
    public bool TryChanged([NotNullWhen(true)] out string? area) => _changed.TryDequeue(out area);

    public Task<AreaSnapshot?> LoadAsync(string area, CancellationToken cancellation) => ledger.LoadAsync(area, cancellation);

    public async Task<CommitResult> CommitAsync(AreaCommit commit)
    {
        var result = await ledger.CommitAsync(commit);
        if (!result.Committed)
            return result;
        due.Set(commit.Area, commit.Due);
        _changed.Enqueue(commit.Area);
        for (var head = Head; result.LastSeq > head; head = Head)
            Interlocked.CompareExchange(ref _head, result.LastSeq, head);
        return result;
    }

    public Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        ledger.DueAreasAsync(now, limit, cancellation);
}
