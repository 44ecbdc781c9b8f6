namespace CivicSignals.Ingest.Posts;

/// <summary>One pass over a text that finds its words.</summary>
/// <param name="text">The text.</param>
/// <param name="words">Where they go; at least as many as the text has characters.</param>
internal ref struct WordScan(ReadOnlySpan<char> text, Span<PostWord> words)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<PostWord> _words = words;
    private int _at;
    private WordShape _before = WordShape.AfterStop;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What else was seen.</summary>
    public TextMarks Marks { get; private set; }

    /// <summary>Links that were passed over.</summary>
    public int Links { get; private set; }

    /// <summary>Names of accounts that were passed over.</summary>
    public int Mentions { get; private set; }

    public void Run()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is '#' or '＃')
                Hashtag();
            else if (c == '@')
                Mention();
            else if (IsLetter(_at))
                Word(inHashtag: false);
            else
                Pass(c);
        }
    }

    private void Pass(char c)
    {
        _at++;
        if (c == '&')
            Emit(WordHash.Of("and"), WordHash.Of("and"), _at - 1, 1, WordShape.Plain);
        else if (c == ',')
            _before |= WordShape.AfterComma;
        else if (c is '.' or '!' or '?' or '\n' or ':' or ';' or '"' or '“' or '(' or '…' or '-' or '–' or '—' && (c is not '-' || _at >= 2 && _at < _text.Length && _text[_at - 2] == ' '))
            _before = WordShape.AfterStop;
        Marks |= c switch
        {
            '?' => TextMarks.Question,
            '!' => (Marks & TextMarks.Exclamation) == 0 ? TextMarks.Exclamation : TextMarks.Exclamations,
            ':' => TextMarks.Colon,
            '"' or '“' or '”' => TextMarks.Quotation,
            '…' => TextMarks.Ellipsis,
            '.' when _at < _text.Length && _text[_at] == '.' => TextMarks.Ellipsis,
            _ => TextMarks.None,
        };
    }

    private void Mention()
    {
        Mentions++;
        Skip();
    }

    private void Hashtag()
    {
        _at++;
        while (_at < _text.Length && (IsLetter(_at) || _text[_at] == '_'))
        {
            if (_text[_at] == '_')
                _at++;
            else
                Word(inHashtag: true);
        }
    }

    /// <summary>Passes over what stands there up to the next blank.</summary>
    private void Skip()
    {
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private void Word(bool inHashtag)
    {
        var (start, hash, bare, stem, letters, small, capital) = (_at, WordHash.Empty, 0UL, 0UL, 0, false, false);
        Span<char> short8 = stackalloc char[8];
        var previousSmall = false;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (Letters.IsApostrophe(c) && letters > 0)
            {
                bare = hash;
                continue;
            }

            var width = 1;
            if (char.IsHighSurrogate(c) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]))
            {
                c = Letters.Plain(c, _text[_at + 1]);
                width = 2;
            }

            var folded = Letters.Fold(c);
            if (folded == Letters.Nothing)
                continue;
            if (folded == Letters.Separator)
                break;
            var upper = char.IsUpper(c);
            if (inHashtag && upper && previousSmall)
                break;
            if (letters < short8.Length)
                short8[letters] = folded;
            hash = WordHash.Add(hash, folded);
            if (letters == PostWord.StemLength - 1)
                stem = hash;
            capital |= letters == 0 && upper;
            small |= char.IsLower(c);
            previousSmall = char.IsLower(c);
            letters++;
            _at += width - 1;
        }

        if (letters == 0 || IsAddress(start, hash))
            return;
        var shape = (char.IsAsciiDigit(short8[0]) ? WordShape.Number : 0) | (capital ? WordShape.Capital : 0) | (small ? 0 : WordShape.AllCapitals) | (inHashtag ? WordShape.Hashtag : 0);
        Add(short8, letters, hash, bare, stem, start, shape);
    }

    private void Add(scoped ReadOnlySpan<char> short8, int letters, ulong hash, ulong bare, ulong stem, int start, WordShape shape)
    {
        if (letters is >= 5 and <= 7 && Postcodes.IsWhole(short8[..letters]))
        {
            // Written in one: two words all the same.
            var split = letters - Postcodes.IncodeLength;
            Emit(WordHash.OfLetters(short8[..split]), 0, start, _at - start, shape | WordShape.Outcode);
            Emit(WordHash.OfLetters(short8[split..letters]), 0, start, _at - start, shape | WordShape.Incode);
            return;
        }

        if (letters <= 4 && Postcodes.IsOutcode(short8[..letters]))
            shape |= WordShape.Outcode;
        else if (letters == Postcodes.IncodeLength && Postcodes.IsIncode(short8[..letters]))
            shape |= WordShape.Incode;
        var possessive = bare != 0 && short8[Math.Min(letters, short8.Length) - 1] == 's' && hash == WordHash.Add(bare, 's');
        Emit(WordHash.Close(hash), possessive ? WordHash.Close(bare) : 0, start, _at - start, shape, stem);
    }

    /// <summary>A link, or a name with a dot inside, as in example.org: it says nothing; it is passed over.</summary>
    private bool IsAddress(int start, ulong hash)
    {
        var rest = _text[_at..];
        var isLink = rest.StartsWith("://") && (hash == HashOf("http") || hash == HashOf("https"));
        var isName = rest.Length > 1 && rest[0] == '.' && char.IsAsciiLetterLower(rest[1]) && _at > start;
        var isAccount = rest.Length > 0 && rest[0] == '@';
        if (!isLink && !isName && !isAccount)
            return false;
        Links += isAccount ? 0 : 1;
        Mentions += isAccount ? 1 : 0;
        Skip();
        return true;
    }

    private void Emit(ulong hash, ulong bare, int start, int length, WordShape shape, ulong stem = 0)
    {
        _words[Count++] = new PostWord(hash, bare == 0 ? hash : bare, start, length, shape | _before, stem);
        _before = WordShape.Plain;
    }

    private readonly bool IsLetter(int at)
    {
        var c = _text[at];
        if (char.IsHighSurrogate(c) && at + 1 < _text.Length && char.IsLowSurrogate(_text[at + 1]))
            return Letters.Plain(c, _text[at + 1]) != Letters.Separator;
        return Letters.Fold(c) is not (Letters.Separator or Letters.Nothing);
    }

    private static ulong HashOf(string word) => WordHash.OfLetters(word);
}
