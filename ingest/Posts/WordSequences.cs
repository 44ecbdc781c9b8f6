using System.Collections.Frozen;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// Sequences of words (names, phrases), each with a number, found in a text in one pass: longest first, without allocation. The hash of every
/// beginning of a sequence leads on or ends one. Immutable.
/// </summary>
internal sealed class WordSequences
{
    private const int None = -1;

    private readonly FrozenDictionary<ulong, int> _beginnings;

    /// <param name="sequences">Words as <see cref="PostText"/> reads them; of equal sequences the last counts.</param>
    public WordSequences(IEnumerable<(IReadOnlyList<ulong> Words, int Number)> sequences)
    {
        var beginnings = new Dictionary<ulong, int>();
        foreach (var (words, number) in sequences)
        {
            var hash = WordHash.Empty;
            for (var i = 0; i < words.Count; i++)
            {
                hash = WordHash.Then(hash, words[i]);
                if (i == words.Count - 1)
                    beginnings[hash] = number;
                else
                    beginnings.TryAdd(hash, None);
            }
        }

        _beginnings = beginnings.ToFrozenDictionary();
    }

    /// <summary>The longest sequence that begins at a word.</summary>
    /// <param name="words">The text.</param>
    /// <param name="at">The word.</param>
    /// <param name="length">How many words it has; 0: none begins here.</param>
    /// <returns>Its number, or -1.</returns>
    public int Longest(ReadOnlySpan<PostWord> words, int at, out int length)
    {
        var (found, hash) = (None, WordHash.Empty);
        length = 0;
        for (var i = at; i < words.Length; i++)
        {
            // A possessive may end a name: Wrexham's.
            if (words[i].Bare != words[i].Hash && _beginnings.TryGetValue(WordHash.Then(hash, words[i].Bare), out var number) && number != None)
                (found, length) = (number, i - at + 1);
            hash = WordHash.Then(hash, words[i].Hash);
            if (!_beginnings.TryGetValue(hash, out number))
                break;
            if (number != None)
                (found, length) = (number, i - at + 1);
        }

        return found;
    }
}
