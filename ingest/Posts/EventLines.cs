using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace CivicSignals.Ingest.Posts;

/// <summary>Server-sent events, within bounds: <c>event:</c> and <c>data:</c> lines, ended by an empty one; lines that start with a colon are a sign of life.</summary>
/// <param name="body">What the server sends.</param>
/// <param name="maxEvent">The longest line and the longest data that are given out, bytes.</param>
/// <param name="idle">For so long there may be nothing.</param>
/// <param name="time">For that.</param>
internal sealed class EventLines(Stream body, int maxEvent, TimeSpan idle, TimeProvider time) : IAsyncDisposable
{
    private const int MaxDiscarded = 16 * 1024 * 1024;

    private readonly PipeReader _reader = PipeReader.Create(body);
    private readonly ArrayBufferWriter<byte> _data = new();
    private string _name = "";
    private int _bytes;
    private bool _any;

    /// <summary>The next event, or null: the server closed. An event beyond bounds has <see cref="ServerEvent.IsTooLarge"/> and no data.</summary>
    /// <exception cref="StreamEndedException">It sends without end, or not at all.</exception>
    public async ValueTask<ServerEvent?> ReadAsync(CancellationToken cancellation)
    {
        _data.ResetWrittenCount();
        (_name, _bytes, _any) = ("", 0, false);
        while (true)
        {
            var read = await NextAsync(cancellation);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, out var line))
            {
                if (line.IsEmpty && _any)
                {
                    _reader.AdvanceTo(buffer.Start);
                    return new ServerEvent(_name, _bytes > maxEvent ? default : _data.WrittenMemory, _bytes);
                }

                Take(line);
            }

            if (read.IsCompleted)
                return null; // Half an event is none.
            Discard(ref buffer);
            _reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();

    private async ValueTask<ReadResult> NextAsync(CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            return await _reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new StreamEndedException($"nothing was heard for {idle.TotalSeconds} s", null, e);
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == '\r')
            line = line.Slice(0, line.Length - 1);
        return true;
    }

    private void Take(in ReadOnlySequence<byte> line)
    {
        if (line.Length > maxEvent)
            Outgrow(line.Length);
        else
            Take(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (Value(line, "event:"u8, out var name))
            (_name, _any) = (name.Length <= 64 ? Encoding.UTF8.GetString(name) : "", true);
        if (!Value(line, "data:"u8, out var data))
            return;
        var more = _data.WrittenCount > 0;
        _any = true;
        Outgrow(data.Length + (more ? 1 : 0));
        if (_bytes > maxEvent)
            return;
        if (more)
            _data.Write("\n"u8);
        _data.Write(data);
    }

    /// <summary>What can only be the inside of a line beyond bounds is let go at once.</summary>
    private void Discard(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length <= maxEvent)
            return;
        Outgrow(buffer.Length);
        _any = true;
        buffer = buffer.Slice(buffer.End);
    }

    private void Outgrow(long bytes)
    {
        if (_bytes + bytes > MaxDiscarded)
            throw new StreamEndedException($"an event of more than {MaxDiscarded} bytes");
        _bytes += (int)bytes;
    }

    private static bool Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value)
    {
        value = line.StartsWith(field) ? line[field.Length..] : default;
        if (value.StartsWith(" "u8))
            value = value[1..];
        return line.StartsWith(field);
    }
}

/// <summary>One server-sent event.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Data">Valid until the next one is read.</param>
/// <param name="Bytes">The data's size.</param>
internal readonly record struct ServerEvent(string Name, ReadOnlyMemory<byte> Data, int Bytes)
{
    public bool IsTooLarge => Bytes > Data.Length;
}
