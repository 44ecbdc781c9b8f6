using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage;

/// <summary>What waits for the next transaction, bounded by number and by bytes: beyond either, callers wait to enter.</summary>
internal sealed class WriteQueue<TWrite>(int maxCount, long maxBytes)
    where TWrite : IWaitingWrite
{
    private readonly object _gate = new();
    private List<TWrite> _pending = [];
    private long _bytes;
    private TaskCompletionSource? _room;
    private bool _closed;

    /// <summary>Enters the queue; completes when in.</summary>
    /// <exception cref="LedgerUnavailableException">The queue is closed.</exception>
    public async ValueTask EnterAsync(TWrite write)
    {
        while (!TryEnter(write, out var room))
            await room;
    }

    /// <summary>Blocks until something is pending and takes all of it, in order of entry; null when closed and empty.</summary>
    public List<TWrite>? Take(List<TWrite> emptied)
    {
        List<TWrite> taken;
        TaskCompletionSource? room;
        lock (_gate)
        {
            while (_pending.Count == 0)
            {
                if (_closed)
                    return null;
                Monitor.Wait(_gate);
            }

            (taken, _pending) = (_pending, emptied);
            (room, _room) = (_room, null);
            _bytes = 0;
        }

        room?.SetResult();
        return taken;
    }

    /// <summary>Lets nothing more in; what is in is still taken.</summary>
    public void Close()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed = true;
            (room, _room) = (_room, null);
            Monitor.PulseAll(_gate);
        }

        room?.SetResult();
    }

    private bool TryEnter(TWrite write, out Task room)
    {
        lock (_gate)
        {
            if (_closed)
                throw new LedgerUnavailableException("the ledger is closed");
            if (_pending.Count == 0 || (_pending.Count < maxCount && _bytes + write.Bytes <= maxBytes))
            {
                _pending.Add(write);
                _bytes += write.Bytes;
                if (_pending.Count == 1)
                    Monitor.Pulse(_gate);
                room = Task.CompletedTask;
                return true;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
            return false;
        }
    }
}

/// <summary>Something that waits to be written.</summary>
internal interface IWaitingWrite
{
    /// <summary>About how much memory it holds.</summary>
    long Bytes { get; }
}
