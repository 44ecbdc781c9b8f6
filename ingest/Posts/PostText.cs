using System.Buffers;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// A post's text taken apart into words, once, for all that read it. Links and names of accounts are no words; a hashtag is the words that its
/// capitals show. Invisible characters, accents and look-alikes make no difference. Never throws, whatever the text.
/// </summary>
internal sealed class PostText
{
    /// <summary>What comes after is not read.</summary>
    public const int MaxLength = 3000;

    private readonly PostWord[] _words;

    private PostText(string text, PostWord[] words, in WordScan scan) =>
        (Text, _words, Marks, Links, Mentions) = (text, words, scan.Marks, scan.Links, scan.Mentions);

    /// <summary>As it came.</summary>
    public string Text { get; }

    /// <summary>Whether there is a question mark.</summary>
    public bool Asks => (Marks & TextMarks.Question) != 0;

    /// <summary>What stands between its words.</summary>
    public TextMarks Marks { get; }

    /// <summary>How many links it has.</summary>
    public int Links { get; }

    /// <summary>How many names of accounts it has.</summary>
    public int Mentions { get; }

    public ReadOnlySpan<PostWord> Words => _words;

    /// <summary>Takes a text apart.</summary>
    public static PostText Of(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        var buffer = ArrayPool<PostWord>.Shared.Rent(length + 1);
        var scan = new WordScan(text.AsSpan(0, length), buffer);
        scan.Run();
        var words = buffer.AsSpan(0, scan.Count).ToArray();
        ArrayPool<PostWord>.Shared.Return(buffer);
        return new PostText(text, words, scan);
    }

    /// <summary>Some of its words as they are written.</summary>
    /// <param name="first">The first word's index.</param>
    /// <param name="count">How many; at least one.</param>
    public string Quote(int first, int count) => Text[_words[first].Start..(_words[first + count - 1].Start + _words[first + count - 1].Length)];
}
