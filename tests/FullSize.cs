namespace CivicSignals.Tests;

/// <summary>How much the long tests do: with <c>CIVIC_TESTS=full</c> in the environment all of it, else enough to see a fault of everyday size.</summary>
internal static class FullSize
{
    private static readonly bool IsOn = Environment.GetEnvironmentVariable("CIVIC_TESTS") == "full";

    public static int Or(int modest, int full) => IsOn ? full : modest;
}
