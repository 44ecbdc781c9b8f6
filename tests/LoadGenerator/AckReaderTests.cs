using CivicSignals.Benchmarks.Load;

namespace CivicSignals.Tests.LoadGenerator;

public sealed class AckReaderTests
{
    // CONNACK, PUBACK 1, PINGRESP, PUBACK 258, an MQTT 5 style PUBACK 3 with a reason, PUBACK 65535.
    private static readonly byte[] Stream =
        [0x20, 2, 0, 0, 0x40, 2, 0, 1, 0xD0, 0, 0x40, 2, 1, 2, 0x40, 4, 0, 3, 0x10, 0, 0x40, 2, 0xFF, 0xFF];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(64)]
    public void Read_StreamCutAnywhere_FindsEveryAck(int piece)
    {
        var reader = default(AckReader);
        var found = new List<ushort>();
        var ids = new ushort[16];
        foreach (var part in Stream.Chunk(piece))
            found.AddRange(ids[..reader.Read(part, ids)]);

        Assert.Equal([1, 258, 3, 65535], found);
        Assert.Equal((byte)0, reader.ReturnCode);
    }

    [Fact]
    public void Read_RefusedConnect_GivesTheReturnCode()
    {
        var reader = default(AckReader);
        reader.Read([0x20, 2, 0, 5], new ushort[2]);
        Assert.Equal((byte)5, reader.ReturnCode);
    }
}
