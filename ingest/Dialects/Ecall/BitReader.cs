namespace CivicSignals.Ingest.Dialects.Ecall;

/// <summary>Reads unaligned packed encoding (ASN.1 UPER), most significant bit first. Past the end it reads zeros and says so.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Whether more was asked for than there is: nothing that was read counts then.</summary>
    public bool IsPastEnd { get; private set; }

    public bool Bit() => Bits(1) == 1;

    /// <summary>The next 1..32 bits as a number.</summary>
    public uint Bits(int count)
    {
        IsPastEnd |= count > (_bytes.Length * 8) - _at;
        if (IsPastEnd)
            return 0;
        uint value = 0;
        for (var end = _at + count; _at < end; _at++)
            value = (value << 1) | ((uint)(_bytes[_at >> 3] >> (7 - (_at & 7))) & 1);
        return value;
    }

    /// <summary>A length in bytes below 16,384; longer ones are fragmented, which no message of 140 bytes is.</summary>
    public int Length()
    {
        if (!Bit())
            return (int)Bits(7);
        IsPastEnd |= Bit();
        return (int)Bits(14);
    }

    public void SkipBytes(int count)
    {
        for (var i = 0; i < count && !IsPastEnd; i++)
            Bits(8);
    }

    /// <summary>Passes what a later version added to a sequence: a list of which are there, then each with its length.</summary>
    public void SkipAdditions()
    {
        IsPastEnd |= Bit(); // More than 64 of them.
        var there = 0;
        for (var n = Bits(6) + 1; n > 0 && !IsPastEnd; n--)
            there += Bit() ? 1 : 0;
        for (; there > 0 && !IsPastEnd; there--)
            SkipBytes(Length());
    }
}
