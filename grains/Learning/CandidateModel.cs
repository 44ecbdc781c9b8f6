using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CivicSignals.Fusion;

namespace CivicSignals.Learning;

/// <summary>A fusion model file with estimated numbers in place of the bundled ones; everything else as it stands there. Nobody uses it before a person has.</summary>
public static class CandidateModel
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The model file that the platform ships with.</summary>
    public static byte[] Present()
    {
        using var stream = typeof(FusionModel).Assembly.GetManifestResourceStream("CivicSignals.Fusion.fusion-model.json")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>Writes and checks it.</summary>
    /// <param name="file">The model file that the numbers were estimated against.</param>
    /// <param name="kinds">New ln LRs.</param>
    /// <param name="priors">New priors.</param>
    /// <param name="on">The day, for the version.</param>
    public static byte[] Write(ReadOnlySpan<byte> file, IReadOnlyList<KindEstimate> kinds, IReadOnlyList<PriorEstimate> priors, DateOnly on)
    {
        var model = JsonNode.Parse(file, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        model["version"] = $"{model["version"]}-outcomes.{on.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        foreach (var estimate in kinds.Where(estimate => estimate.New != estimate.Old))
        {
            var kind = model["kinds"]![estimate.Outcomes.Kind]!;
            kind["lnLr"]![estimate.Outcomes.Hazard.ToString()] = estimate.New;
            Remark(kind, $"{estimate.Outcomes.Hazard} from {Number(estimate.Old)} by {estimate.Outcomes.Count} outcomes, {estimate.Outcomes.Real} of them real");
        }

        foreach (var estimate in priors.Where(estimate => estimate.New != estimate.Old))
        {
            var section = model["reliability"]!;
            var prior = section["kinds"]![estimate.Outcomes.Name] ?? section["families"]![estimate.Outcomes.Name]!;
            (prior["right"], prior["wrong"]) = (estimate.New.Right, estimate.New.Wrong);
            Remark(prior, $"from {Number(estimate.Old.Right)}, {Number(estimate.Old.Wrong)} by {estimate.Outcomes.Right + estimate.Outcomes.Wrong} outcomes, {estimate.Outcomes.Right} of them real");
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(model, Readable);
        FusionModel.Parse(bytes);
        return bytes;
    }

    private static void Remark(JsonNode node, string how) => node["source"] = $"{node["source"]}; estimated anew: {how}";

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
