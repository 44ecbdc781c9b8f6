using System.Text.Json;

namespace CivicSignals.Ingest.Posts.Classifier;

/// <summary>How phrases and model together say how much a post is believed: data, in <c>post-credence.json</c>.</summary>
/// <param name="Version">Counts up with every change.</param>
/// <param name="Note">Where the numbers come from.</param>
/// <param name="LeastInformative">The most that the model's "not informative" takes away, as ln of a likelihood ratio.</param>
/// <param name="MostInformative">The most that its "informative" adds.</param>
/// <param name="MostEyewitness">The most that its "eyewitness" adds; that there is none takes nothing away.</param>
/// <param name="Doubt">A post less probable to be informative than this, and to be an eyewitness's, says nothing.</param>
/// <param name="Least">A post that scores less says nothing.</param>
/// <param name="Full">From this score on a post counts all that its kind may; it is also the highest score.</param>
internal sealed record CredenceTable(
    int Version, string Note, double LeastInformative, double MostInformative, double MostEyewitness, double Doubt, double Least, double Full)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>As the platform ships with.</summary>
    public static CredenceTable Bundled { get; } = Read();

    private static CredenceTable Read()
    {
        using var stream = typeof(CredenceTable).Assembly.GetManifestResourceStream("CivicSignals.Ingest.Posts.Classifier.post-credence.json")!;
        return JsonSerializer.Deserialize<CredenceTable>(stream, Json)!;
    }
}
