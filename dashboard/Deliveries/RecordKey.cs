using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>Record keys of the AT Protocol (TID): a moment in microseconds and ten more bits, in 13 characters that sort by time.</summary>
internal static class RecordKey
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private const int Length = 13;
    private const int ClockBits = 10;

    /// <summary>
    /// The same key for the same moment and name, so that writing it again is harmless. What a clock would not say, microseconds and clock id, is
    /// the name's hash: of a million pairs from one millisecond one collides.
    /// </summary>
    public static string Of(DateTimeOffset moment, string name)
    {
        var hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var microseconds = ((ulong)moment.ToUnixTimeMilliseconds() * 1000) + (hash % 1000);
        var bits = (microseconds << ClockBits) | (hash >> (64 - ClockBits));
        return string.Create(Length, bits, (key, rest) =>
        {
            for (var i = key.Length - 1; i >= 0; i--, rest >>= 5)
                key[i] = Alphabet[(int)(rest & 31)];
        });
    }
}
