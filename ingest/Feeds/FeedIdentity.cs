using System.Security.Cryptography;
using System.Text;

namespace CivicSignals.Ingest.Feeds;

/// <summary>Names of sources from what feeds call their items: short, printable, and saying nothing about who reported.</summary>
internal static class FeedIdentity
{
    private const int Bytes = 12;

    /// <summary>24 hexadecimal digits that depend on all parts.</summary>
    public static string Of(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, Bytes));
}
