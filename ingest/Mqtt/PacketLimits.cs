using System.Buffers;
using System.IO.Pipelines;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// Refuses packets by their announced length, before they are read: the server would take up to 256 MiB from anyone. The server
/// consumes whole packets only, so what it is given always starts with a packet's fixed header; nothing is copied.
/// </summary>
internal sealed class PacketLimits(PipeReader input) : PipeReader
{
    /// <summary>The most that a client may send before it is admitted, bytes.</summary>
    public const int BeforeAdmission = 64 * 1024;

    /// <summary>
    /// The most that an admitted client may send. A gateway's metadata is as large as this; other messages over
    /// <see cref="Pipeline.SignalPipeline.MaxPayload"/> are acknowledged and rejected, or their senders would send them for ever.
    /// </summary>
    public const int AfterAdmission = Pipeline.SignalPipeline.MaxMetadata + 1024;

    private const int ConnectPacket = 1;
    private const int MaxLengthBytes = 4;

    /// <summary>Whether the client has been let in.</summary>
    public bool Admitted { get; set; }

    /// <summary>Why the connection was ended, or null.</summary>
    public string? Offence { get; private set; }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = input.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new(Checked(read.Result)) : CheckAsync(read);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!input.TryRead(out result))
            return false;
        result = Checked(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    private async ValueTask<ReadResult> CheckAsync(ValueTask<ReadResult> read) => Checked(await read);

    private ReadResult Checked(in ReadResult result)
    {
        Offence = Check(result.Buffer);
        return Offence is null ? result : throw new InvalidDataException(Offence);
    }

    private string? Check(in ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var first))
            return null;
        if (!Admitted && first >> 4 != ConnectPacket)
            return "the first packet is no CONNECT";
        var length = 0;
        for (var i = 0; reader.TryRead(out var next); i++)
        {
            if (i == MaxLengthBytes)
                return "a packet's length is malformed";
            length |= (next & 0x7f) << (7 * i);
            if (next < 0x80)
                return length > (Admitted ? AfterAdmission : BeforeAdmission) ? "a packet is too large" : null;
        }

        return null;
    }
}
