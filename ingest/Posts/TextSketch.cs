namespace CivicSignals.Ingest.Posts;

/// <summary>
/// A text's words as a set, in a bounded number of hashes (a bottom-k sketch): tells how much of two texts is the same. Up to its bound the answer is
/// exact.
/// </summary>
internal sealed class TextSketch
{
    /// <summary>Hashes kept; longer texts are estimated by these.</summary>
    public const int MostHashes = 64;

    /// <summary>Texts that have this share of their words in common are copies. Jaccard's index, as for MinHash.</summary>
    public const double Copy = 0.8;

    private readonly ulong[] _smallest;

    private TextSketch(ulong[] smallest) => _smallest = smallest;

    public static TextSketch Of(PostText text)
    {
        var words = new ulong[text.Words.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = Mix(text.Words[i].Hash);
        return new TextSketch([.. words.Distinct().Order().Take(MostHashes)]);
    }

    /// <summary>The share of their words that two texts have in common, 0..1; of two without words 0.</summary>
    public double Similarity(TextSketch other)
    {
        var (a, b) = (_smallest, other._smallest);
        var (i, j, common, union) = (0, 0, 0, 0);
        while (union < MostHashes && (i < a.Length || j < b.Length))
        {
            var order = i == a.Length ? 1 : j == b.Length ? -1 : a[i].CompareTo(b[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            union++;
        }

        return union == 0 ? 0 : (double)common / union;
    }

    /// <summary>Spreads hashes evenly, so that the smallest are a fair sample.</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
