using System.Collections.Frozen;

namespace CivicSignals.Ingest.Posts;

/// <summary>Words and sequences of words as numbers (FNV-1a, 64 bits), so that texts are compared without making strings of them.</summary>
internal static class WordHash
{
    /// <summary>Of nothing yet.</summary>
    public const ulong Empty = 14_695_981_039_346_656_037;

    private const ulong Prime = 1_099_511_628_211;

    /// <summary>What people write for one another in names. Of each row the first stands for all.</summary>
    private static readonly string[][] Abbreviations =
    [
        ["st", "street", "saint", "str"], ["rd", "road"], ["ave", "avenue", "av"], ["ln", "lane"], ["dr", "drive"], ["cl", "close"],
        ["cres", "crescent"], ["ct", "court"], ["pl", "place"], ["sq", "square"], ["gdns", "gardens"], ["ter", "terrace", "terr"], ["gro", "grove"],
        ["pk", "park"], ["mt", "mount"], ["blvd", "boulevard"], ["n", "north"], ["s", "south"], ["e", "east"], ["w", "west"],
    ];

    private static readonly FrozenDictionary<ulong, ulong> Canonical = Abbreviations
        .SelectMany(row => row.Skip(1).Select(word => (Word: OfLetters(word), Short: OfLetters(row[0]))))
        .ToFrozenDictionary(pair => pair.Word, pair => pair.Short);

    /// <summary>Adds one letter to a word.</summary>
    public static ulong Add(ulong hash, char letter) => (hash ^ letter) * Prime;

    /// <summary>Adds one word to a sequence.</summary>
    public static ulong Then(ulong sequence, ulong word) => (sequence ^ (word + (word >> 29))) * Prime;

    /// <summary>A finished word: an abbreviation and what it stands for are the same.</summary>
    public static ulong Close(ulong hash) => Canonical.TryGetValue(hash, out var canonical) ? canonical : hash;

    /// <summary>A word of letters as they are compared.</summary>
    public static ulong Of(ReadOnlySpan<char> folded) => Close(OfLetters(folded));

    /// <summary>As <see cref="Of"/>, before abbreviations are told.</summary>
    public static ulong OfLetters(ReadOnlySpan<char> folded)
    {
        var hash = Empty;
        foreach (var letter in folded)
            hash = Add(hash, letter);
        return hash;
    }

    /// <summary>A word in every way in which it is written in names.</summary>
    public static IReadOnlyList<string> Spellings(string word) => Array.Find(Abbreviations, row => row.Contains(word)) ?? [word];
}
