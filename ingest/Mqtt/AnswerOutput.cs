using System.Buffers;
using System.IO.Pipelines;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// A connection's output that may hold an answer back for the next one: one send for all acknowledgements of what arrived or was committed
/// together costs a fraction of one for each. Written by the connection's sender, released by its receiver too.
/// </summary>
internal sealed class AnswerOutput(PipeWriter output) : PipeWriter
{
    private readonly Lock _gate = new();
    private bool _reading;
    private bool _held;

    /// <summary>Whether another packet is certain to follow at once: what is written waits for it.</summary>
    public bool MoreFollows { get; set; }

    /// <summary>What arrived is being taken in, and its answers wait for each other until <see cref="Release"/>.</summary>
    public void Hold()
    {
        if (!_reading)
        {
            lock (_gate)
                _reading = true;
        }
    }

    /// <summary>All that arrived has been taken in: what was held back leaves.</summary>
    public void Release()
    {
        if (!_reading)
            return;
        lock (_gate)
        {
            _reading = false;
            if (_held && !MoreFollows)
                LetLeave(Flush(default));
        }
    }

    // The server encodes a packet whole before it writes it: only WriteAsync is used.
    public override void Advance(int bytes) => output.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return Holds() ? default : Flush(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            output.Write(source.Span);
            return Holds() ? default : Flush(cancellationToken);
        }
    }

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);

    /// <summary>Not waited for: where the client does not read its answers, the sender waits at the next one.</summary>
    private static void LetLeave(ValueTask<FlushResult> flush) => _ = flush;

    private bool Holds() => _held = MoreFollows || _reading;

    private ValueTask<FlushResult> Flush(CancellationToken cancellation)
    {
        _held = false;
        return output.FlushAsync(cancellation);
    }
}
