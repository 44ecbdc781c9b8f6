using System.Collections.Concurrent;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Areas;

/// <summary>A ledger that keeps nothing but its promises, and breaks them on demand.</summary>
internal sealed class MemoryLedger : ILedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AreaSnapshot> _areas = [];

    public List<LedgerEntry> Entries { get; } = [];

    /// <summary>Taken by the next commits: what to do instead of, or before, committing.</summary>
    public ConcurrentQueue<Func<Task>> Before { get; } = new();

    public Task<AreaSnapshot?> LoadAsync(string area, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult(_areas.GetValueOrDefault(area));
    }

    public async Task<CommitResult> CommitAsync(AreaCommit commit)
    {
        if (Before.TryDequeue(out var before))
            await before();
        lock (_gate)
        {
            var version = _areas.GetValueOrDefault(commit.Area)?.Version ?? 0;
            if (version != commit.ExpectedVersion)
                return new CommitResult(false, 0, 0);
            _areas[commit.Area] = new AreaSnapshot(version + 1, commit.State);
            foreach (var entry in commit.Entries)
                Entries.Add(entry with { Seq = Entries.Count + 1 });
            return new CommitResult(true, version + 1, commit.Entries.Count == 0 ? 0 : Entries.Count);
        }
    }

    public Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>What a stale activation elsewhere would have done: the area moves on behind the grain's back.</summary>
    public void Touch(string area)
    {
        lock (_gate)
            _areas[area] = _areas[area] with { Version = _areas[area].Version + 1 };
    }
}
