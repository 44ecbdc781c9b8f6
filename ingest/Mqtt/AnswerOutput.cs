using System.Buffers;
using System.IO.Pipelines;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// A connection's output, written by the MQTT server and by <see cref="Answers"/>. While what arrived is being taken in, answers wait for each
/// other: one send for all costs a fraction of one for each.
/// </summary>
internal sealed class AnswerOutput(PipeWriter output) : PipeWriter
{
    private readonly Lock _gate = new();
    private volatile Task? _leaving;
    private bool _reading;
    private bool _held;
    private bool _closed;

    /// <summary>Completes when the client has read enough of its answers; null: it has.</summary>
    public Task? Leaving => _leaving;

    /// <summary>What arrived is being taken in: its answers wait for each other until <see cref="Release"/>.</summary>
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
            Leave();
        }
    }

    /// <summary>Writes an answer that leaves with <see cref="Flush"/> or before.</summary>
    public void Write(ReadOnlySpan<byte> answer)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            output.Write(answer);
            _held = true;
        }
    }

    /// <summary>Lets what was written leave, unless there is more to come at once.</summary>
    public void Flush()
    {
        lock (_gate)
            Leave();
    }

    /// <summary>The connection ends: nothing is written any more.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    // The server encodes a packet whole before it writes it, with WriteAsync.
    public override void Advance(int bytes) => output.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _held = true;
            Leave();
        }

        return default;
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        Write(source.Span);
        Flush();
        return default;
    }

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Close();
        output.Complete(exception);
    }

    private void Leave()
    {
        if (!_held || _reading || _closed || _leaving is not null)
            return;
        _held = false;
        var flush = output.FlushAsync();
        if (!flush.IsCompletedSuccessfully)
            _leaving = LeaveAsync(flush.AsTask());
    }

    /// <summary>Waits for a client that does not read, and lets the rest follow.</summary>
    private async Task LeaveAsync(Task flush)
    {
        await flush.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding); // It fails when the connection ends.
        lock (_gate)
        {
            _leaving = null;
            Leave();
        }
    }
}
