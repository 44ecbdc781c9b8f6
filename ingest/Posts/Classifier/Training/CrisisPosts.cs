using System.Net;

namespace CivicSignals.Ingest.Posts.Classifier.Training;

/// <summary>Reads CrisisLexT26 as tab-separated values: event, id, source, type, informativeness, text.</summary>
internal static class CrisisPosts
{
    /// <summary>The file in the data folder.</summary>
    public const string FileName = "crisislex_t26_train22.tsv";

    /// <summary>Largely not in English: the model reads English.</summary>
    private static readonly string[] OtherLanguages = ["2012_Costa_Rica_earthquake", "2012_Guatemala_earthquake", "2012_Venezuela_refinery", "2013_Spain_train_crash"];

    private static readonly string[] Columns = ["event", "tweet_id", "source", "type", "informativeness", "text"];

    /// <summary>All posts of the other events, in the file's order.</summary>
    /// <exception cref="InvalidDataException">It is another kind of file, or a line is broken.</exception>
    public static IReadOnlyList<LabelledPost> Read(TextReader file)
    {
        if (file.ReadLine()?.Split('\t') is not { } head || !head.SequenceEqual(Columns))
            throw new InvalidDataException($"expected the columns {string.Join(", ", Columns)}");
        var posts = new List<LabelledPost>();
        for (var number = 2; file.ReadLine() is { } line; number++)
        {
            if (line.Split('\t') is not [var named, _, var source, _, var informativeness, var text])
                throw new InvalidDataException($"line {number} has not {Columns.Length} columns");
            if (!OtherLanguages.Contains(named))
                posts.Add(new LabelledPost(named, PostText.Of(WebUtility.HtmlDecode(text)), informativeness == "Related and informative", IsEyewitness(source)));
        }

        return posts;
    }

    private static bool? IsEyewitness(string source) => source is "Not labeled" or "Not applicable" ? null : source == "Eyewitness";
}
