namespace CivicSignals.Ingest.Posts;

/// <summary>What the words around a name say about it.</summary>
internal readonly ref struct MentionContext(PostText text)
{
    private static readonly PlaceWords Known = PlaceWords.Bundled;
    private static readonly ulong In = WordHash.Of("in");
    private static readonly ulong Around = WordHash.Of("around");

    private readonly PostText _text = text;
    private readonly ReadOnlySpan<PostWord> _words = text.Words;

    /// <summary>How likely a name is meant as that place. A postcode's second part is taken with its first.</summary>
    public Likelihood Judge(ref Mention mention)
    {
        if (mention.Kind == NameKind.Postcode)
            return Likelihood.Sure;
        if (mention.Kind == NameKind.Outcode)
            return JudgeOutcode(ref mention);
        var after = mention.First + mention.Count;
        if (mention.Kind != NameKind.Street && after < _words.Length && IsNameOfAnother(after, mention.First))
            return Likelihood.None;
        if (IsTitled(mention.First))
            return Likelihood.None;
        if (mention.Kind != NameKind.CommonWord)
            return Likelihood.Sure;
        return Written(mention.First, WordShape.Hashtag) || (Written(mention.First, WordShape.Capital) && IsAfterPreposition(mention.First))
            ? Likelihood.Sure
            : Written(mention.First, WordShape.Capital) ? Likelihood.WithAnother : Likelihood.None;
    }

    /// <summary>How many words at a position name a place that no deployment serves; 0: they do not.</summary>
    public int ElsewhereAt(int at)
    {
        if (!Written(at, WordShape.Capital) && !Written(at, WordShape.Hashtag))
            return Known.Elsewhere.Longest(_words, at, out var small) >= 0 && small > 1 ? small : 0;
        return Known.Elsewhere.Longest(_words, at, out var length) >= 0 ? length : 0;
    }

    /// <summary>Whether a street is followed by a town that is not of the gazetteer: Elm Road, Springfield.</summary>
    public bool NamesAnotherTown(Mention street)
    {
        var at = street.First + street.Count;
        if (at >= _words.Length || Shouts())
            return false;
        if (_words[at].Hash == In && at + 1 < _words.Length)
            at++;
        else if (!Written(at, WordShape.AfterComma))
            return false;
        return Written(at, WordShape.Capital) && !Written(at, WordShape.Hashtag) && !Written(at, WordShape.AfterStop) && !Known.Here.Contains(_words[at].Hash);
    }

    /// <summary>M4 is a motorway too, and G20 a meeting: one letter counts after "in", or beside another place.</summary>
    private Likelihood JudgeOutcode(ref Mention mention)
    {
        var (word, after) = (_words[mention.First], mention.First + 1);
        if (after < _words.Length && (_words[after].Shape & WordShape.Incode) != 0)
        {
            mention = mention with { Count = 2 };
            return Likelihood.Sure;
        }

        if ((word.Shape & WordShape.AllCapitals) == 0)
            return Likelihood.None;
        if (char.IsLetter(_text.Text[word.Start + Math.Min(1, word.Length - 1)]))
            return Likelihood.Sure;
        var before = mention.First > 0 ? _words[mention.First - 1].Hash : 0;
        return before == In || before == Around ? Likelihood.Sure : Likelihood.WithAnother;
    }

    /// <summary>Chester Road is not Chester, nor is Chester FC.</summary>
    private bool IsNameOfAnother(int after, int first)
    {
        if (Written(after, WordShape.AfterComma) || Written(after, WordShape.AfterStop))
            return false;
        if (Known.Clubs.Contains(_words[after].Hash))
            return true;
        return Known.Streets.Contains(_words[after].Hash)
            && (Written(after, WordShape.Capital) || (_words[after].Length <= 4 && !Written(first, WordShape.Capital)));
    }

    private bool IsTitled(int first)
    {
        for (var start = Math.Max(0, first - 2); start < first; start++)
        {
            if (Known.Titles.Longest(_words, start, out var length) >= 0 && start + length == first && Written(start, WordShape.Capital)
                && !Written(first, WordShape.AfterStop) && !Written(first, WordShape.AfterComma))
                return true;
        }

        return false;
    }

    private bool IsAfterPreposition(int first) =>
        first > 0 && Known.Before.Contains(_words[first - 1].Hash) && !Written(first, WordShape.AfterStop) && !Written(first, WordShape.AfterComma);

    private bool Shouts()
    {
        foreach (var word in _words)
        {
            if ((word.Shape & WordShape.AllCapitals) == 0)
                return false;
        }

        return true;
    }

    private bool Written(int at, WordShape shape) => (_words[at].Shape & shape) != 0;
}

/// <summary>How likely a name is meant as a place.</summary>
internal enum Likelihood : byte
{
    None,

    /// <summary>Where another name lies in or around it.</summary>
    WithAnother,
    Sure,
}
