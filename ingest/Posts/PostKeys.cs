using System.Security.Cryptography;
using System.Text;
using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Posts;

/// <summary>Authors and posts as the ledger may name them: by hashes, from which neither can be told.</summary>
internal static class PostKeys
{
    private const int SourceBytes = 8;
    private const int KeyBytes = 16;

    /// <summary><c>posts/</c> and 16 hexadecimal digits of an author's hash.</summary>
    public static string Source(string author) => KeptPost.SourcePrefix + Hash(author, SourceBytes);

    /// <summary>32 hexadecimal digits of the hash of a post's id.</summary>
    public static string Key(string id) => Hash(id, KeyBytes);

    private static string Hash(string text, int bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..bytes]);
    }
}
