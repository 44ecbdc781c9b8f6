using System.Buffers.Binary;
using System.Text;

namespace CivicSignals.Benchmarks.Load;

/// <summary>A pre-built MQTT 3.1.1 PUBLISH at QoS 1; only its packet id is written when it is sent.</summary>
internal sealed class PublishPacket
{
    private readonly byte[] _bytes;
    private readonly int _idOffset;

    public PublishPacket(string topic, ReadOnlySpan<byte> payload, bool retain = false)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var packet = new PacketBytes((byte)(0x32 | (retain ? 1 : 0)), 2 + name.Length + 2 + payload.Length);
        packet.Add(name);
        _idOffset = packet.Skip(2);
        packet.AddRaw(payload);
        _bytes = packet.Bytes;
    }

    public int Length => _bytes.Length;

    /// <summary>Copies the packet to the front of a buffer.</summary>
    public void Write(Span<byte> buffer, ushort id)
    {
        _bytes.CopyTo(buffer);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[_idOffset..], id);
    }
}
