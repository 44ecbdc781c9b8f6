namespace CivicSignals.Benchmarks.Load;

/// <summary>Finds PUBACKs and the CONNACK in a byte stream that may be cut anywhere.</summary>
internal struct AckReader
{
    private const byte ConnAck = 0x20;
    private const byte PubAck = 0x40;

    private State _state;
    private byte _type;
    private int _remaining;
    private int _shift;
    private int _read;
    private ushort _value;

    private enum State
    {
        Header,
        Length,
        Body,
    }

    /// <summary>The CONNACK's return code; null until it was read.</summary>
    public byte? ReturnCode { get; private set; }

    /// <summary>Reads what came in.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="ids">Receives the packet ids that were acknowledged; a quarter of the bytes plus one is enough.</param>
    /// <returns>How many.</returns>
    public int Read(ReadOnlySpan<byte> bytes, Span<ushort> ids)
    {
        var count = 0;
        foreach (var b in bytes)
        {
            switch (_state)
            {
                case State.Header:
                    (_type, _remaining, _shift, _read, _value, _state) = ((byte)(b & 0xF0), 0, 0, 0, 0, State.Length);
                    break;
                case State.Length:
                    _remaining |= (b & 0x7F) << _shift;
                    _shift += 7;
                    if (b < 0x80)
                        _state = _remaining == 0 ? State.Header : State.Body;
                    break;
                default:
                    if (_read++ < 2)
                        _value = (ushort)((_value << 8) | b);
                    if (_read < _remaining)
                        break;
                    _state = State.Header;
                    if (_type == PubAck)
                        ids[count++] = _value;
                    else if (_type == ConnAck)
                        ReturnCode = (byte)_value;
                    break;
            }
        }

        return count;
    }
}
