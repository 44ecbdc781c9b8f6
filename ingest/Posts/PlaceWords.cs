using System.Collections.Frozen;
using System.Text.Json;

namespace CivicSignals.Ingest.Posts;

/// <summary>What tells a place's name from another use of the word: data, in <c>place-words.json</c>.</summary>
internal sealed class PlaceWords
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private PlaceWords(Lists lists)
    {
        Before = Words(lists.Before);
        Common = Words(lists.Common);
        Streets = Words(lists.Streets);
        Clubs = Words(lists.Clubs);
        Here = Words(lists.Here);
        Tails = Words(lists.Tails);
        Titles = Sequences(lists.Titles);
        Elsewhere = Sequences(lists.Elsewhere);
    }

    /// <summary>As the platform ships with.</summary>
    public static PlaceWords Bundled { get; } = Read();

    /// <summary>Before a place.</summary>
    public FrozenSet<ulong> Before { get; }

    /// <summary>Names of places that are ordinary words, or people's names.</summary>
    public FrozenSet<ulong> Common { get; }

    /// <summary>What ends a street's name.</summary>
    public FrozenSet<ulong> Streets { get; }

    /// <summary>After a town's name: its football club.</summary>
    public FrozenSet<ulong> Clubs { get; }

    /// <summary>After a street and a comma: not the name of another town.</summary>
    public FrozenSet<ulong> Here { get; }

    /// <summary>What people write after a name in one hashtag; spelt, not abbreviated.</summary>
    public FrozenSet<ulong> Tails { get; }

    /// <summary>Before a name that is then no place of that name.</summary>
    public WordSequences Titles { get; }

    /// <summary>Places that no deployment serves: where they are named, a name found here is probably theirs.</summary>
    public WordSequences Elsewhere { get; }

    private static PlaceWords Read()
    {
        using var stream = typeof(PlaceWords).Assembly.GetManifestResourceStream("CivicSignals.Ingest.Posts.place-words.json")!;
        return new PlaceWords(JsonSerializer.Deserialize<Lists>(stream, Json)!);
    }

    private static FrozenSet<ulong> Words(IReadOnlyList<string> words) => words.Select(word => WordHash.Of(word)).ToFrozenSet();

    private static WordSequences Sequences(IReadOnlyList<string> phrases) =>
        new(phrases.Select((phrase, i) => ((IReadOnlyList<ulong>)[.. phrase.Split(' ').Select(word => WordHash.Of(word))], i)));

    private sealed record Lists(
        string Note,
        IReadOnlyList<string> Before,
        IReadOnlyList<string> Common,
        IReadOnlyList<string> Streets,
        IReadOnlyList<string> Clubs,
        IReadOnlyList<string> Titles,
        IReadOnlyList<string> Tails,
        IReadOnlyList<string> Here,
        IReadOnlyList<string> Elsewhere);
}
