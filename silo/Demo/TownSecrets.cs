using System.Security.Cryptography;
using System.Text;

namespace CivicSignals.Silo.Demo;

/// <summary>The MQTT secrets of one run of the demo: derived from a key that never leaves the process.</summary>
public sealed class TownSecrets
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The secret of a gateway or vehicle.</summary>
    public string Of(string user) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(user)).AsSpan(0, 16));
}
