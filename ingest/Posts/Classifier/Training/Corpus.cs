namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>Labelled posts as numbers, for training: which cues each has, and what the cues are called.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<string> _names = [];

    public Corpus(IReadOnlyList<LabelledPost> posts)
    {
        Events = [.. posts.Select(post => post.Event).Distinct().Order(StringComparer.Ordinal)];
        EventOf = [.. posts.Select(post => Array.IndexOf(Events, post.Event))];
        foreach (var shape in PostCues.ShapeNames)
            Name(PostCues.HashOf(shape), shape);
        foreach (var post in posts)
            NameWords(post.Text);
        Cues = [.. posts.Select(post => Number(post.Text))];
    }

    /// <summary>The events' names, sorted.</summary>
    public string[] Events { get; }

    /// <summary>Per post the number of its event.</summary>
    public int[] EventOf { get; }

    /// <summary>Per post its cues, each once.</summary>
    public int[][] Cues { get; }

    /// <summary>How many cues there are.</summary>
    public int CueCount => _names.Count;

    /// <summary>What a model file calls a cue.</summary>
    public string NameOf(int cue) => _names[cue];

    /// <summary>Names are made of letters as they are compared, and only where they lead back to the same cue.</summary>
    private void NameWords(PostText text)
    {
        var before = PostCues.Start;
        for (var i = 0; i < text.Words.Length; i++)
        {
            var word = text.Words[i];
            if (PostCues.Token(word) == 0)
                continue;
            var isNumber = (word.Shape & WordShape.Number) != 0;
            var name = isNumber ? PostCues.Number : Folded(text.Quote(i, 1));
            if (!isNumber)
                Name(word.Hash, name);
            if (!isNumber && word.Stem != 0)
                Name(PostCues.Stem(word.Stem), name[..Math.Min(name.Length, PostWord.StemLength)] + PostCues.StemMark);
            Name(PostCues.Pair(PostCues.HashOf(before), PostCues.Token(word)), $"{before} {name}");
            before = name;
        }
    }

    private void Name(ulong cue, string name)
    {
        if (PostCues.HashOf(name) == cue && _numbers.TryAdd(cue, _names.Count))
            _names.Add(name);
    }

    private int[] Number(PostText text)
    {
        Span<ulong> cues = stackalloc ulong[PostCues.Most];
        var numbers = new HashSet<int>();
        foreach (var cue in cues[..PostCues.Of(text, cues)])
        {
            if (_numbers.TryGetValue(cue, out var number))
                numbers.Add(number);
        }

        return [.. numbers];
    }

    private static string Folded(string word) => string.Concat(word.Where(letter => !Letters.IsApostrophe(letter)).Select(Letters.Fold).Where(letter => letter is not (Letters.Separator or Letters.Nothing)));
}
