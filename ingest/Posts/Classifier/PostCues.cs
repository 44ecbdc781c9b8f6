namespace CivicSignals.Ingest.Posts.Classifier;

/// <summary>
/// What a model looks at in a text, as hashes: its words, their first five letters, pairs of words, and how it is written. Links, names of accounts and
/// numbers are told as such, not which. Each has a name that people can read, as model files hold it.
/// </summary>
internal static class PostCues
{
    /// <summary>Words that are looked at; later ones are not, so that a long text says no more than a short one.</summary>
    public const int MostWords = 128;

    /// <summary>Room for all of a text's cues.</summary>
    public const int Most = (MostWords * 3) + 16;

    /// <summary>Begins the names of cues that are no words.</summary>
    public const char ShapeMark = '<';

    /// <summary>Ends the names of word beginnings.</summary>
    public const char StemMark = '*';

    /// <summary>Stands for numbers in pairs of words.</summary>
    public const string Number = "<number>";

    /// <summary>Stands before the first word in pairs.</summary>
    public const string Start = "<start>";

    private const ulong StemSalt = 0x9e37_79b9_7f4a_7c15;

    private static readonly ulong NumberHash = Shape("number"), StartHash = Shape("start"), Asks = Shape("question"), Exclaims = Shape("exclamation"), ExclaimsMore = Shape("exclamations"),
        Colon = Shape("colon"), Quotes = Shape("quotation"), Trails = Shape("ellipsis"), Link = Shape("link"), Links = Shape("links"), Mention = Shape("mention"), Mentions = Shape("mentions"),
        Rt = WordHash.Of("rt"), Http = WordHash.Of("http"), Https = WordHash.Of("https");

    private static readonly ulong[] NumberLengths = Counts("number", 5), Hashtags = Counts("hashtags", 4), Shouted = Counts("shouted", 3), Named = Counts("named", 6), Lengths = Counts("length", 7),
        Numbers = Counts("numbers", 3);

    /// <summary>The names of the cues that are no words.</summary>
    public static IReadOnlyList<string> ShapeNames { get; } =
    [
        Number, Start, "<question>", "<exclamation>", "<exclamations>", "<colon>", "<quotation>", "<ellipsis>", "<link>", "<links>", "<mention>", "<mentions>",
        .. Names("number", 5), .. Names("hashtags", 4), .. Names("shouted", 3), .. Names("named", 6), .. Names("length", 7), .. Names("numbers", 3),
    ];

    /// <summary>The hash of a cue, by its name.</summary>
    public static ulong HashOf(string name) => name switch
    {
        _ when name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank => Pair(HashOf(name[..blank]), HashOf(name[(blank + 1)..])),
        [ShapeMark, ..] => WordHash.OfLetters(name),
        [.., StemMark] => Stem(WordHash.OfLetters(name.AsSpan()[..^1])),
        _ => WordHash.Of(name),
    };

    public static ulong Pair(ulong first, ulong second) => WordHash.Then(WordHash.Then(WordHash.Empty, first), second);

    public static ulong Stem(ulong letters) => letters ^ StemSalt;

    /// <summary>What a word is told by: its hash, or that it is a number; 0: it is not told, as what is left of a repost's head or of a link cut off.</summary>
    public static ulong Token(in PostWord word) =>
        word.Hash == Rt || word.Hash == Http || word.Hash == Https ? 0 : (word.Shape & WordShape.Number) != 0 ? NumberHash : word.Hash;

    /// <summary>All cues of a text, some perhaps more than once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cues">Room for <see cref="Most"/>.</param>
    /// <returns>How many.</returns>
    public static int Of(PostText text, Span<ulong> cues)
    {
        var words = text.Words[..Math.Min(text.Words.Length, MostWords)];
        var (count, before) = (0, StartHash);
        var (hashtags, shouted, named, numbers) = (0, 0, 0, 0);
        foreach (ref readonly var word in words)
        {
            hashtags += (word.Shape & WordShape.Hashtag) != 0 ? 1 : 0;
            shouted += (word.Shape & (WordShape.AllCapitals | WordShape.Number)) == WordShape.AllCapitals && word.Length > 2 ? 1 : 0;
            named += (word.Shape & (WordShape.Capital | WordShape.AfterStop)) == WordShape.Capital ? 1 : 0;
            var token = Token(word);
            if (token == 0)
                continue;
            if (token == NumberHash)
                (cues[count++], numbers) = (NumberLengths[Math.Min(word.Length, NumberLengths.Length - 1)], numbers + 1);
            else
                cues[count++] = token;
            if (word.Stem != 0 && token != NumberHash)
                cues[count++] = Stem(word.Stem);
            cues[count++] = Pair(before, token);
            before = token;
        }

        Tell(text.Links > 0, Link, cues, ref count);
        Tell(text.Links > 1, Links, cues, ref count);
        Tell(text.Mentions > 0, Mention, cues, ref count);
        Tell(text.Mentions > 1, Mentions, cues, ref count);
        Tell(text.Asks, Asks, cues, ref count);
        Tell((text.Marks & TextMarks.Exclamation) != 0, Exclaims, cues, ref count);
        Tell((text.Marks & TextMarks.Exclamations) != 0, ExclaimsMore, cues, ref count);
        Tell((text.Marks & TextMarks.Colon) != 0, Colon, cues, ref count);
        Tell((text.Marks & TextMarks.Quotation) != 0, Quotes, cues, ref count);
        Tell((text.Marks & TextMarks.Ellipsis) != 0, Trails, cues, ref count);
        cues[count++] = Hashtags[Math.Min(hashtags, Hashtags.Length - 1)];
        cues[count++] = Shouted[Math.Min(shouted, Shouted.Length - 1)];
        cues[count++] = Named[Math.Min(named, Named.Length - 1)];
        cues[count++] = Numbers[Math.Min(numbers, Numbers.Length - 1)];
        cues[count++] = Lengths[Math.Min(words.Length / 4, Lengths.Length - 1)];
        return count;
    }

    private static void Tell(bool isSo, ulong cue, Span<ulong> cues, ref int count)
    {
        if (isSo)
            cues[count++] = cue;
    }

    private static ulong Shape(string name) => WordHash.OfLetters($"<{name}>");

    private static ulong[] Counts(string name, int most) => Array.ConvertAll(Names(name, most), shape => WordHash.OfLetters(shape));

    private static string[] Names(string name, int most) => [.. Enumerable.Range(0, most + 1).Select(i => $"<{name}-{i}>")];
}
