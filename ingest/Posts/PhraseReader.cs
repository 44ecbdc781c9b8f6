using System.Collections.Frozen;

namespace CivicSignals.Ingest.Posts;

/// <summary>Judges a post by a table of phrases: the weights of those that it holds, each counted once, the longest at each word.</summary>
internal sealed class PhraseReader : IPostReader
{
    private const int MostPhrases = 32;

    private readonly PhraseTable _table;
    private readonly string[] _kinds;
    private readonly WordSequences _sequences;
    private readonly List<Phrase> _phrases = [];
    private readonly FrozenDictionary<ulong, int> _tags;

    public PhraseReader(PhraseTable table)
    {
        _table = table;
        _kinds = [.. table.Kinds.Keys];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var kind = 0; kind < _kinds.Length; kind++)
            Add(table.Kinds[_kinds[kind]], kind, numbers);
        Add(table.Any, Phrase.AnyKind, numbers);
        Add(table.Against, Phrase.AnyKind, numbers);
        Add(table.When, Phrase.Time, numbers);
        _sequences = new WordSequences(numbers.Select(pair => ((IReadOnlyList<ulong>)Hashes(pair.Key), pair.Value)));
        _tags = table.Tags.ToFrozenDictionary(pair => WordHash.Of(pair.Key), pair => Array.IndexOf(_kinds, pair.Value));
    }

    /// <summary>On the bundled table.</summary>
    public static PhraseReader Bundled { get; } = new(PhraseTable.Bundled);

    public PostJudgement Read(PostText text)
    {
        Span<int> found = stackalloc int[MostPhrases];
        Span<double> scores = stackalloc double[_kinds.Length];
        scores.Clear();
        var (count, any, when) = (0, text.Asks ? _table.Asks : 0, 0.0);
        var words = text.Words;
        var end = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (IsTag(words, i, out var tagged))
                scores[tagged] += _table.Tag;
            var number = _sequences.Longest(words, i, out var length);
            if (number < 0 || i + length <= end)
                continue;
            end = i + length;
            if (found[..count].Contains(number) || count == MostPhrases)
                continue;
            found[count++] = number;
            var phrase = _phrases[number];
            if (phrase.Kind >= 0)
                scores[phrase.Kind] += phrase.Weight;
            else
                any += phrase.Weight;
            when += phrase.Kind == Phrase.Time ? phrase.Weight : 0;
        }

        var best = 0;
        for (var kind = 1; kind < scores.Length; kind++)
            best = scores[kind] > scores[best] ? kind : best;
        return scores[best] <= 0 || scores[best] + any < _table.Least || when <= _table.Over
            ? PostJudgement.Nothing
            : new PostJudgement(_kinds[best], scores[best] + any, Words(found[..count], best));
    }

    private void Add(IReadOnlyDictionary<string, double> phrases, int kind, Dictionary<string, int> numbers)
    {
        foreach (var (words, weight) in phrases)
        {
            numbers[words] = _phrases.Count; // Said of a kind and against all: what is against counts.
            _phrases.Add(new Phrase(words, kind, weight));
        }
    }

    /// <summary>The last word of a hashtag of several, in the same hashtag.</summary>
    private bool IsTag(ReadOnlySpan<PostWord> words, int at, out int kind)
    {
        kind = 0;
        return at > 0 && (words[at].Shape & WordShape.Hashtag) != 0 && (words[at - 1].Shape & WordShape.Hashtag) != 0
            && words[at].Start == words[at - 1].Start + words[at - 1].Length && _tags.TryGetValue(words[at].Hash, out kind);
    }

    /// <summary>What bears on a kind, the weightiest first.</summary>
    private IReadOnlyList<string> Words(ReadOnlySpan<int> found, int kind) =>
    [
        .. found.ToArray().Select(number => _phrases[number]).Where(phrase => phrase.Kind < 0 || phrase.Kind == kind)
            .OrderByDescending(phrase => Math.Abs(phrase.Weight)).Select(phrase => PostJudgement.Signed(phrase.Words, phrase.Weight)),
    ];

    private static ulong[] Hashes(string phrase) => Array.ConvertAll(phrase.Split(' '), word => WordHash.Of(word));

    private readonly record struct Phrase(string Words, int Kind, double Weight)
    {
        public const int AnyKind = -1;
        public const int Time = -2;
    }
}
