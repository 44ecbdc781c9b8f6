using System.Security.Cryptography;
using System.Text;

namespace CivicSignals.Ingest.Registration;

/// <summary>
/// A secret as it is kept. Salted SHA-256 and no slow hash: secrets are generated with 128 bits and more, which no one guesses,
/// and a reconnect storm of a whole town must not be held up by its own password hashing.
/// </summary>
public sealed class SecretHash
{
    private const string Scheme = "sha256";
    private const int SaltBytes = 16;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private SecretHash(byte[] salt, byte[] hash) => (_salt, _hash) = (salt, hash);

    /// <summary>A new secret of 160 random bits, as 32 letters and digits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 32);

    /// <summary>Hashes a secret with a salt of its own.</summary>
    public static SecretHash Of(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new SecretHash(salt, Hash(salt, Encoding.UTF8.GetBytes(secret)));
    }

    /// <summary>Reads <c>sha256$salt$hash</c>, both in base 64.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static SecretHash Parse(string text)
    {
        var parts = text.Split('$');
        if (parts is not [Scheme, var salt, var hash])
            throw new FormatException("a secretHash is sha256$salt$hash");
        var parsed = new SecretHash(Convert.FromBase64String(salt), Convert.FromBase64String(hash));
        return parsed._hash.Length == SHA256.HashSizeInBytes ? parsed : throw new FormatException("a secretHash ends with 32 bytes in base 64");
    }

    /// <summary>Whether a client's password is the secret; takes the same time wherever they differ.</summary>
    public bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(Hash(_salt, password), _hash);

    public override string ToString() => $"{Scheme}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}";

    private static byte[] Hash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> secret)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(secret);
        return hash.GetHashAndReset();
    }
}
