using System.Buffers.Binary;
using ZstdSharp;

namespace CivicSignals.Ingest.Posts;

/// <summary>Decompresses frames that share a dictionary, each to <see cref="JetstreamFrames.MaxFrame"/> at the most. Not thread-safe.</summary>
internal sealed class ZstdFrames : IDisposable
{
    /// <summary>The largest dictionary that is taken, bytes; the known ones have 64 and 110 KiB.</summary>
    public const int MaxDictionary = 1024 * 1024;

    private const uint Magic = 0xEC30A437; // RFC 8878, section 5

    private readonly Decompressor _decompressor = new();
    private readonly byte[] _frame = new byte[JetstreamFrames.MaxFrame];

    /// <exception cref="StreamEndedException">It is no dictionary.</exception>
    public ZstdFrames(byte[] dictionary)
    {
        if (!IsDictionary(dictionary))
            throw new StreamEndedException("what should be a zstd dictionary is none");
        Id = BinaryPrimitives.ReadUInt32LittleEndian(dictionary.AsSpan(4));
        _decompressor.LoadDictionary(dictionary);
    }

    /// <summary>The dictionary's number.</summary>
    public uint Id { get; }

    public static bool IsDictionary(string file) => File.Exists(file) && new FileInfo(file).Length <= MaxDictionary && IsDictionary(File.ReadAllBytes(file));

    /// <summary>The frame's text, valid until the next call.</summary>
    /// <exception cref="StreamEndedException">It is broken, or a bomb.</exception>
    public ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> compressed)
    {
        try
        {
            return _frame.AsMemory(0, _decompressor.Unwrap(compressed, _frame));
        }
        catch (ZstdException e)
        {
            throw new StreamEndedException($"a frame that does not decompress to {_frame.Length} bytes or fewer", null, e);
        }
    }

    public void Dispose() => _decompressor.Dispose();

    private static bool IsDictionary(byte[] bytes) => bytes.Length > 8 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic;
}
