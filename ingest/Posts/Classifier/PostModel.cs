using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CivicSignals.Ingest.Posts.Classifier;

/// <summary>What training found, as <c>post-model.json</c> holds it: numbers per cue, no text of a post.</summary>
/// <param name="Version">Of the format and of what cues mean.</param>
/// <param name="Note">Where the numbers come from.</param>
/// <param name="Informative">Whether a post tells something about an incident.</param>
/// <param name="Eyewitness">Whether its author was there.</param>
internal sealed record PostModel(int Version, string Note, ModelPart Informative, ModelPart Eyewitness)
{
    /// <summary>The version that this code understands.</summary>
    public const int Known = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a model and checks it.</summary>
    /// <exception cref="InvalidDataException">It is none, or makes no sense; the message says where.</exception>
    public static PostModel Read(Stream stream)
    {
        try
        {
            var model = JsonSerializer.Deserialize<PostModel>(stream, Json) ?? throw new InvalidDataException("post model: empty");
            if (model.Version != Known)
                throw new InvalidDataException($"post model: version {model.Version}, expected {Known}");
            model.Informative.Check("informative");
            model.Eyewitness.Check("eyewitness");
            return model;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"post model: {e.Message}", e);
        }
    }

    /// <summary>As <see cref="Read"/> reads it: one cue a line, sorted, so that two models can be compared.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\n  \"version\": {Version},\n  \"note\": {JsonSerializer.Serialize(Note, Json)},\n");
        Informative.Write(text, "informative", Json);
        text.Append(",\n");
        Eyewitness.Write(text, "eyewitness", Json);
        return text.Append("\n}\n").ToString();
    }

    /// <summary>As the platform ships with.</summary>
    public static PostModel Bundled()
    {
        using var stream = typeof(PostModel).Assembly.GetManifestResourceStream("CivicSignals.Ingest.Posts.Classifier.post-model.json")!;
        return Read(stream);
    }
}

/// <summary>One question that the model answers: a linear model over cues, and how its score becomes a probability (Platt).</summary>
/// <param name="Share">The share of posts in training of which it is so, 0..1: what a likelihood ratio is measured against.</param>
/// <param name="Bias">The score of a post without cues.</param>
/// <param name="Slope">Of the calibration: ln odds = slope · score + shift.</param>
/// <param name="Shift">Of the calibration.</param>
/// <param name="Cues">Per cue its strength (how much of the text it makes up) and its weight (which way it points).</param>
internal sealed record ModelPart(double Share, double Bias, double Slope, double Shift, IReadOnlyDictionary<string, double[]> Cues)
{
    private const double Most = 100; // Far beyond what training gives: a broken file, not a model.

    public void Check(string name)
    {
        if (Share is not (> 0 and < 1))
            throw new InvalidDataException($"post model: {name}.share is {Share}, expected between 0 and 1");
        if (Slope is not (> 0 and < Most) || !(Math.Abs(Bias) < Most) || !(Math.Abs(Shift) < Most))
            throw new InvalidDataException($"post model: {name} has a bias, slope or shift out of range");
        if (Cues.Count == 0)
            throw new InvalidDataException($"post model: {name} has no cues");
        foreach (var (cue, numbers) in Cues)
        {
            if (numbers is not [> 0 and < Most, > -Most and < Most])
                throw new InvalidDataException($"post model: {name} '{cue}' needs a strength above 0 and a weight, both below {Most}");
        }
    }

    public void Write(StringBuilder text, string name, JsonSerializerOptions json)
    {
        text.Append(CultureInfo.InvariantCulture, $"  \"{name}\": {{\n    \"share\": {Share:0.####}, \"bias\": {Bias:0.####}, \"slope\": {Slope:0.####}, \"shift\": {Shift:0.####},\n    \"cues\": {{\n");
        text.AppendJoin(",\n", Cues.OrderBy(cue => cue.Key, StringComparer.Ordinal).Select(cue => string.Create(
            CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(cue.Key, json)}:[{cue.Value[0]:0.##},{cue.Value[1]:0.##}]")));
        text.Append("\n    }\n  }");
    }
}
