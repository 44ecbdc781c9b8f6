using System.Security.Cryptography;

namespace CivicSignals.Ingest.Registration;

/// <summary>Names for what people sign up: they tell nothing, and nobody guesses one.</summary>
internal static class RandomNames
{
    // Without the letters and digits that are taken for one another.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    public static string Gateway() => $"home-{RandomNumberGenerator.GetString(Alphabet, 12)}";

    public static string Premises() => $"premises-{RandomNumberGenerator.GetString(Alphabet, 12)}";
}
