using System.Buffers.Binary;
using System.Text;

namespace CivicSignals.Benchmarks.Load;

/// <summary>Lays out one MQTT control packet.</summary>
internal sealed class PacketBytes
{
    private int _at;

    /// <param name="header">First byte: type and flags.</param>
    /// <param name="remaining">Length of all that follows the fixed header.</param>
    public PacketBytes(byte header, int remaining)
    {
        Span<byte> prefix = stackalloc byte[5];
        prefix[0] = header;
        var n = 1;
        var rest = remaining;
        do
        {
            prefix[n++] = (byte)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
            rest >>= 7;
        }
        while (rest > 0);
        Bytes = new byte[n + remaining];
        prefix[..n].CopyTo(Bytes);
        _at = n;
    }

    public byte[] Bytes { get; }

    /// <summary>A CONNECT with a clean session.</summary>
    public static byte[] Connect(string client, string? user, string? password)
    {
        byte[][] fields = [.. new[] { client, user, password }.OfType<string>().Select(Encoding.UTF8.GetBytes)];
        var packet = new PacketBytes(0x10, 10 + fields.Sum(field => 2 + field.Length));
        packet.Add("MQTT"u8);
        var flags = 0x02 | (user is null ? 0 : 0x80) | (password is null ? 0 : 0x40);
        packet.AddRaw([4, (byte)flags, 0, 120]);
        foreach (var field in fields)
            packet.Add(field);
        return packet.Bytes;
    }

    /// <summary>Adds a string or binary with its length before it.</summary>
    public void Add(ReadOnlySpan<byte> field)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Bytes.AsSpan(_at), (ushort)field.Length);
        _at += 2;
        AddRaw(field);
    }

    public void AddRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Bytes.AsSpan(_at));
        _at += bytes.Length;
    }

    /// <summary>Leaves room; returns where it is.</summary>
    public int Skip(int bytes) => (_at += bytes) - bytes;
}
