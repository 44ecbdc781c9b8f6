namespace CivicSignals.Ingest.Posts;

/// <summary>One word of a text.</summary>
/// <param name="Hash">Of its letters as they are compared, abbreviations as what they stand for.</param>
/// <param name="Bare">The same without a possessive <c>'s</c>; where it has none, <paramref name="Hash"/>.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">Its length there.</param>
/// <param name="Shape">How it is written.</param>
/// <param name="Stem">Of its first <see cref="StemLength"/> letters; 0 where it has fewer.</param>
internal readonly record struct PostWord(ulong Hash, ulong Bare, int Start, int Length, WordShape Shape, ulong Stem)
{
    /// <summary>Letters that stand for the word's other endings too.</summary>
    public const int StemLength = 5;
}

/// <summary>How a word is written.</summary>
[Flags]
internal enum WordShape : byte
{
    Plain = 0,

    /// <summary>It begins with a capital.</summary>
    Capital = 1,

    /// <summary>It has no small letter.</summary>
    AllCapitals = 2,

    /// <summary>It is a hashtag or a part of one.</summary>
    Hashtag = 4,

    /// <summary>A comma stands before it.</summary>
    AfterComma = 8,

    /// <summary>It begins a sentence, or a line: a capital says nothing there.</summary>
    AfterStop = 16,

    /// <summary>A first part of a postcode.</summary>
    Outcode = 32,

    /// <summary>A second part of a postcode.</summary>
    Incode = 64,

    /// <summary>It begins with a digit.</summary>
    Number = 128,
}
