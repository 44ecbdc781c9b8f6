using System.Security.Cryptography;
using System.Text;

namespace CivicSignals.Ingest.Dialects;

/// <summary>
/// The name that a vehicle goes by inside, where its topic names a person or is its identification number. The same always, so that it is one
/// source; not to be read back, but who holds the name can tell that it is the one.
/// </summary>
internal static class Alias
{
    private const int Bytes = 10;

    /// <summary>A source such as <c>vehicles/~8f1c…</c> for a name in a dialect.</summary>
    public static string Of(string dialect, ReadOnlySpan<char> name) =>
        $"vehicles/~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{dialect} {name}")).AsSpan(0, Bytes))}";
}
