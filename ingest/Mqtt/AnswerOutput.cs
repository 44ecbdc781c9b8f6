using System.Buffers;
using System.IO.Pipelines;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// A connection's output that may hold an answer back for the next one: after a commit many acknowledgements leave at once, and one
/// send for all of them costs a fraction of one for each. Written by the connection's sender only.
/// </summary>
internal sealed class AnswerOutput(PipeWriter output) : PipeWriter
{
    /// <summary>Whether another packet is certain to follow at once: what is written waits for it.</summary>
    public bool MoreFollows { get; set; }

    public override void Advance(int bytes) => output.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        MoreFollows ? default : output.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (!MoreFollows)
            return output.WriteAsync(source, cancellationToken);
        output.Write(source.Span);
        return default;
    }

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);
}
