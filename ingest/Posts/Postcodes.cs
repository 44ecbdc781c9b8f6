namespace CivicSignals.Ingest.Posts;

/// <summary>How postcodes of the United Kingdom look: an outcode (<c>LL13</c>), then an incode (<c>8AA</c>). Letters are small here.</summary>
internal static class Postcodes
{
    public const int IncodeLength = 3;

    /// <summary>A9, A99, A9A, AA9, AA99 or AA9A.</summary>
    public static bool IsOutcode(ReadOnlySpan<char> word)
    {
        var letters = word.Length > 1 && char.IsAsciiLetter(word[1]) ? 2 : 1;
        if (word.Length is < 2 or > 4 || !char.IsAsciiLetter(word[0]) || word.Length <= letters || !char.IsAsciiDigit(word[letters]))
            return false;
        return word.Length == letters + 1 || (word.Length == letters + 2 && char.IsAsciiLetterOrDigit(word[letters + 1]));
    }

    /// <summary>9AA.</summary>
    public static bool IsIncode(ReadOnlySpan<char> word) =>
        word.Length == IncodeLength && char.IsAsciiDigit(word[0]) && char.IsAsciiLetter(word[1]) && char.IsAsciiLetter(word[2]);

    /// <summary>Both, without a blank between.</summary>
    public static bool IsWhole(ReadOnlySpan<char> word) =>
        word.Length > IncodeLength && IsOutcode(word[..^IncodeLength]) && IsIncode(word[^IncodeLength..]);
}
