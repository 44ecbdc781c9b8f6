using System.Security.Cryptography;
using System.Text;
using CivicSignals.Signals;

namespace CivicSignals.Incidents;

/// <summary>Names incidents.</summary>
internal static class IncidentId
{
    /// <summary>80 bits of the hash of what opened it: the same input gives the same id, and the id tells nothing of the source.</summary>
    public static string Of(Hazard hazard, Evidence evidence)
    {
        var seed = $"{hazard}\n{evidence.Source}\n{evidence.Kind}\n{evidence.At.UtcTicks}\n{evidence.Event}";
        return Of(seed);
    }

    /// <summary>Of one that is split off: another at every split, for a closed incident never opens again.</summary>
    public static string Of(string splitFrom, DateTimeOffset at, IEnumerable<string> evidence) =>
        Of($"split\n{splitFrom}\n{at.ToUnixTimeMilliseconds()}\n{string.Join('\n', evidence)}");

    private static string Of(string seed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 10));
}
