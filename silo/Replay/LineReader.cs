namespace CivicSignals.Silo.Replay;

/// <summary>Reads a stream line by line as bytes, in one buffer that never outgrows the longest line allowed.</summary>
/// <param name="stream">Read to its end; the caller closes it.</param>
/// <param name="maxLength">Bytes; of a longer line only its being there is told.</param>
internal sealed class LineReader(Stream stream, int maxLength = LineReader.MaxLength)
{
    /// <summary>The longest line, bytes.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private const byte NewLine = (byte)'\n';

    private byte[] _buffer = new byte[Math.Min(maxLength + 1, 256 * 1024)];
    private int _start;
    private int _end;
    private int _scanned;
    private bool _ended;

    /// <summary>The line just read, without its end; empty when it was too long. Valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the line just read was longer than allowed.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Reads the next line; false at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        IsTooLong = false;
        while (true)
        {
            var at = _buffer.AsSpan(_start + _scanned, _end - _start - _scanned).IndexOf(NewLine);
            if (at >= 0)
                return Take(_scanned + at, skip: 1);
            _scanned = _end - _start;
            if (_ended)
                return (_scanned > 0 || IsTooLong) && Take(_scanned, skip: 0);
            if (_scanned > maxLength)
            {
                IsTooLong = true;
                _start = _end = _scanned = 0;
            }

            await FillAsync(cancellation);
        }
    }

    private bool Take(int length, int skip)
    {
        IsTooLong |= length > maxLength;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, length);
        _start += length + skip;
        _scanned = 0;
        Number++;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_end == _buffer.Length)
        {
            if (_start == 0)
                Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, maxLength + 1));
            else
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _ended = read == 0;
    }
}
