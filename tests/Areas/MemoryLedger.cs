using System.Collections.Concurrent;
using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Areas;

/// <summary>A ledger that keeps nothing but its promises, and breaks them on demand.</summary>
internal sealed class MemoryLedger : ILedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AreaSnapshot> _areas = [];

    private readonly List<LedgerEntry> _entries = [];

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
                _entries.Add(entry with { Seq = _entries.Count + 1 });
            return new CommitResult(true, version + 1, commit.Entries.Count == 0 ? 0 : _entries.Count);
        }
    }

    public Task<IReadOnlyList<string>> DueAreasAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>What an area has committed.</summary>
    public IReadOnlyList<LedgerEntry> Committed(string area)
    {
        lock (_gate)
            return _entries.FindAll(entry => entry.Area == area);
    }

    /// <summary>An area as it is on disk.</summary>
    public AreaState State(string area)
    {
        lock (_gate)
            return _areas.TryGetValue(area, out var known) ? JsonSerializer.Deserialize(known.State.Span, LedgerJson.Lines.AreaState)! : AreaState.Empty;
    }

    /// <summary>What a stale activation elsewhere would have done: the area moves on behind the grain's back.</summary>
    public void Touch(string area)
    {
        lock (_gate)
            _areas[area] = _areas[area] with { Version = _areas[area].Version + 1 };
    }
}
