using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>An area's commit that waits for the next transaction, and the grain that waits for it.</summary>
internal sealed class PendingCommit(AreaCommit commit) : IWaitingWrite
{
    // Asynchronously: the writer thread must not run its callers' code.
    private readonly TaskCompletionSource<CommitResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AreaCommit Commit { get; } = commit;

    public long Bytes { get; } = commit.State.Length + commit.Entries.Sum(entry => (long)entry.Body.Length);

    public Task<CommitResult> Done => _done.Task;

    public void Complete(CommitResult result) => _done.SetResult(result);

    public void Fail(LedgerUnavailableException reason) => _done.SetException(reason);
}
