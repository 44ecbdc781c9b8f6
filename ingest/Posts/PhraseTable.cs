using System.Text.Json;

namespace CivicSignals.Ingest.Posts;

/// <summary>The phrases that a post is judged by: data, in <c>post-phrases.json</c>.</summary>
/// <param name="Version">Counts up with every change.</param>
/// <param name="Note">Where the weights come from.</param>
/// <param name="Least">A post that scores less says nothing.</param>
/// <param name="Asks">Added to the score of a post that asks.</param>
/// <param name="Over">A post whose phrases of <paramref name="When"/> weigh this or less is of the past and says nothing.</param>
/// <param name="Kinds">Per kind: phrases, and how much each says so.</param>
/// <param name="Any">Phrases that strengthen every kind, and are none.</param>
/// <param name="Against">Phrases that say: not here, not in earnest.</param>
/// <param name="When">Phrases that say: now, or in the past.</param>
/// <param name="Tags">Words that say a kind at the end of a hashtag, as in <c>#ElmRoadFire</c>.</param>
/// <param name="Tag">How much they say so.</param>
internal sealed record PhraseTable(
    int Version,
    string Note,
    double Least,
    double Asks,
    double Over,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Kinds,
    IReadOnlyDictionary<string, double> Any,
    IReadOnlyDictionary<string, double> Against,
    IReadOnlyDictionary<string, double> When,
    IReadOnlyDictionary<string, string> Tags,
    double Tag)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>As the platform ships with.</summary>
    public static PhraseTable Bundled { get; } = Read();

    private static PhraseTable Read()
    {
        using var stream = typeof(PhraseTable).Assembly.GetManifestResourceStream("CivicSignals.Ingest.Posts.post-phrases.json")!;
        return JsonSerializer.Deserialize<PhraseTable>(stream, Json)!;
    }
}
