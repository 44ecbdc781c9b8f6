using System.Collections.Frozen;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Posts;

/// <summary>The places of the served region by name, read once. Immutable; finds the longest name that begins at a word without allocating.</summary>
public sealed class Gazetteer
{
    private readonly WordSequences _names;
    private readonly FrozenDictionary<ulong, int> _joined;
    private readonly Place[][] _places;
    private readonly NameKind[] _kinds;

    private Gazetteer(IReadOnlyList<NamedPlace> rows)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new List<List<Place>>();
        var kinds = new List<NameKind>();
        var joined = new Dictionary<ulong, int>();
        var sequences = new List<(IReadOnlyList<ulong>, int)>();
        foreach (var (spelling, place) in rows.SelectMany(row => Spellings(row.Name).Select(spelling => (spelling, row.Place))))
        {
            var text = PostText.Of(spelling);
            if (text.Words.IsEmpty)
                continue;
            List<ulong> words = [];
            foreach (var word in text.Words)
                words.Add(word.Hash);
            var key = string.Join(' ', words);
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers.Add(key, number = places.Count);
                places.Add([]);
                kinds.Add(KindOf(text.Words));
                sequences.Add((words, number));
                foreach (var written in Joined(text))
                    joined.TryAdd(written, number);
            }

            if (!places[number].Contains(place))
                places[number].Add(place);
        }

        _names = new WordSequences(sequences);
        _joined = joined.ToFrozenDictionary();
        _places = [.. places.Select(candidates => candidates.ToArray())];
        _kinds = [.. kinds];
    }

    /// <summary>Without places.</summary>
    public static Gazetteer Empty { get; } = new([]);

    /// <summary>How many names it knows.</summary>
    public int Count => _places.Length;

    /// <summary>Puts places together. Rows of one name are candidates for it.</summary>
    public static Gazetteer Of(IReadOnlyList<NamedPlace> rows) => new(rows);

    /// <summary>Reads a gazetteer file: CSV, <c>name,lat,lon,radius_m</c>.</summary>
    /// <exception cref="FormatException">A row is wrong; the message says which.</exception>
    public static Gazetteer Read(TextReader file) => new(GazetteerFile.Read(file));

    /// <summary>The longest name that begins at a word; -1: none.</summary>
    internal int Find(PostText text, int at, out int length)
    {
        var name = _names.Longest(text.Words, at, out length);
        if (name < 0 && (text.Words[at].Shape & WordShape.Hashtag) != 0 && (name = InHashtag(text, text.Words[at])) >= 0)
            length = 1;
        return name;
    }

    /// <summary>Where a name may be.</summary>
    internal ReadOnlySpan<Place> Places(int name) => _places[name];

    internal NameKind Kind(int name) => _kinds[name];

    /// <summary>A name written in one, such as <c>#elmroad</c>, also with a word after it: <c>#elmroadfire</c>.</summary>
    private int InHashtag(PostText text, PostWord word)
    {
        var letters = text.Text.AsSpan(word.Start, word.Length);
        var (found, hash) = (-1, WordHash.Empty);
        for (var i = 0; i < letters.Length; i++)
        {
            var letter = Letters.Fold(letters[i]);
            if (letter is Letters.Nothing or Letters.Separator)
                continue;
            hash = WordHash.Add(hash, letter);
            if (_joined.TryGetValue(hash, out var name) && (i == letters.Length - 1 || PlaceWords.Bundled.Tails.Contains(Tail(letters[(i + 1)..]))))
                found = name;
        }

        return found;
    }

    private static ulong Tail(ReadOnlySpan<char> letters)
    {
        var hash = WordHash.Empty;
        foreach (var letter in letters)
            hash = WordHash.Add(hash, Letters.Fold(letter));
        return hash;
    }

    /// <summary><c>Acton, Wrexham</c> is also called Acton; <c>Mold/Yr Wyddgrug</c> has two names.</summary>
    private static IEnumerable<string> Spellings(string name)
    {
        foreach (var one in name.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            yield return one;
            if (one.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma)
                yield return one[..comma];
        }
    }

    /// <summary>A name as it is written in one, with its last word in every spelling.</summary>
    private static IEnumerable<ulong> Joined(PostText name)
    {
        var words = new List<string>();
        foreach (var word in name.Words)
            words.Add(string.Concat(name.Text.Substring(word.Start, word.Length).Select(Letters.Fold).Where(c => c is not (Letters.Nothing or Letters.Separator))));
        var start = string.Concat(words.SkipLast(1));
        return WordHash.Spellings(words[^1]).Select(last => WordHash.OfLetters(start + last));
    }

    private static NameKind KindOf(ReadOnlySpan<PostWord> words)
    {
        if ((words[0].Shape & WordShape.Outcode) != 0 && words.Length <= 2)
            return words.Length == 1 ? NameKind.Outcode : (words[1].Shape & WordShape.Incode) != 0 ? NameKind.Postcode : NameKind.Place;
        if (words.Length > 1 && PlaceWords.Bundled.Streets.Contains(words[^1].Hash))
            return NameKind.Street;
        return words.Length == 1 && PlaceWords.Bundled.Common.Contains(words[0].Hash) ? NameKind.CommonWord : NameKind.Place;
    }
}

/// <summary>What a name is the name of, as far as it shows.</summary>
internal enum NameKind : byte
{
    Place,

    /// <summary>A place whose name is an ordinary word too.</summary>
    CommonWord,
    Street,
    Outcode,
    Postcode,
}
