using System.Text.Json;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>
/// An area's state as the ledger has it, plus soft state that may be lost: load, fold, commit, announce. A folded state is taken over only after the
/// commit that carries it. Not thread-safe: it is one activation's.
/// </summary>
internal sealed class AreaRecord(string area, AreaCore core, ILedger ledger, ILedgerAnnouncer announcer, AreaMetrics metrics, TimeProvider time)
{
    private const int MostConflicts = 3;

    private readonly AreaStateWriter _writer = new();
    private long _version;
    private bool _known;

    /// <summary>As it was when last known, or as it was decided while a commit is under way: for answers that may be a moment old.</summary>
    public AreaState State { get; private set; } = AreaState.Empty;

    /// <summary>The state to decide on: loaded again when a commit had an unknown outcome.</summary>
    public async ValueTask<AreaState> CurrentAsync()
    {
        if (!_known)
            await LoadAsync(CancellationToken.None);
        return State;
    }

    public async Task LoadAsync(CancellationToken cancellation)
    {
        var snapshot = await ledger.LoadAsync(area, cancellation);
        _version = snapshot?.Version ?? 0;
        State = snapshot is null
            ? AreaState.Empty
            : JsonSerializer.Deserialize(snapshot.State.Span, LedgerJson.Lines.AreaState) ?? AreaState.Empty;
        _known = true;
    }

    /// <summary>Remembers softly that a signal went on to another area.</summary>
    public void Pass(Signal signal) => State = AreaCore.Pass(State, signal);

    /// <summary>Decides and commits. When it returns, everything that was decided is on disk; when it throws, the state is loaded again before it is used.</summary>
    /// <exception cref="LedgerUnavailableException">It could not be committed, or another activation writes the area.</exception>
    public async Task<FoldResult> DecideAsync(Signal[] batch, Func<AreaState, DateTimeOffset, FoldResult> decide)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var state = await CurrentAsync();
            var fold = decide(state, time.GetUtcNow());
            if (!fold.Durable)
            {
                State = fold.State;
                return fold;
            }

            // A commit that fails has an unknown outcome: what was decided is shown to neighbours meanwhile, and loaded before it is used.
            (State, _known) = (fold.State, false);
            var bytes = _writer.Write(fold.State);
            var handedOver = time.GetTimestamp();
            var commit = await ledger.CommitAsync(new AreaCommit(area, _version, bytes, core.Due(fold.State), fold.Entries) { FalseCalls = fold.FalseCalls });
            if (commit.Committed)
            {
                (_version, _known) = (commit.Version, true);
                if (commit.LastSeq > 0)
                    announcer.Announce(commit.LastSeq);
                metrics.Committed(fold, batch, time.GetUtcNow(), time.GetElapsedTime(handedOver));
                return fold;
            }

            if (conflicts == MostConflicts)
                throw new LedgerUnavailableException($"area {area} is written by another activation");
        }
    }
}
