using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>Something to write in the next transaction, and the caller who waits for it.</summary>
/// <param name="bytes">About how much memory it holds.</param>
internal abstract class Write(long bytes) : IWaitingWrite
{
    public long Bytes { get; } = bytes;

    /// <summary>Whether it runs after its group's transaction instead of inside it.</summary>
    public virtual bool IsAlone => false;

    /// <summary>Writes inside the open transaction. May run again after a rollback.</summary>
    public abstract void Apply(WriterSession session);

    /// <summary>Lets the caller go on: what <see cref="Apply"/> wrote is on disk.</summary>
    public abstract void Complete();

    public abstract void Fail(LedgerUnavailableException reason);
}

/// <inheritdoc/>
/// <typeparam name="T">What the caller gets.</typeparam>
internal sealed class Write<T>(long bytes, Func<WriterSession, T> apply, bool alone = false) : Write(bytes)
{
    // Asynchronously: the writer thread must not run its callers' code.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override bool IsAlone => alone;

    public override void Apply(WriterSession session) => _result = apply(session);

    public override void Complete() => _done.SetResult(_result!);

    public override void Fail(LedgerUnavailableException reason) => _done.SetException(reason);
}
