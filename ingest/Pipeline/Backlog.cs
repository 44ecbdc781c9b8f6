namespace CivicSignals.Ingest.Pipeline;

/// <summary>How many messages are in flight, and a place to wait until there are fewer: what bounds memory when the ledger is slow.</summary>
/// <param name="limit">At this many, senders are not read from.</param>
internal sealed class Backlog(int limit)
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _empty;

    public int Count => Volatile.Read(ref _count);

    public void Enter()
    {
        lock (_gate)
            _count++;
    }

    public void Leave()
    {
        TaskCompletionSource? room = null;
        TaskCompletionSource? empty = null;
        lock (_gate)
        {
            _count--;
            if (_count < limit)
                (room, _room) = (_room, null);
            if (_count == 0)
                (empty, _empty) = (_empty, null);
        }

        room?.SetResult();
        empty?.SetResult();
    }

    /// <summary>Completes when there is room; at once, most of the time.</summary>
    public Task WaitForRoomAsync()
    {
        if (Count < limit)
            return Task.CompletedTask;
        lock (_gate)
        {
            return _count < limit
                ? Task.CompletedTask
                : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Completes when nothing is in flight.</summary>
    public Task WaitUntilEmptyAsync()
    {
        lock (_gate)
        {
            return _count == 0
                ? Task.CompletedTask
                : (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
