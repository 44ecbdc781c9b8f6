using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.Learning;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>
/// The numbers by which incidents are judged: data, versioned, each with its source. The bundled file is <c>fusion-model.json</c>.
/// Logarithms are natural.
/// </summary>
public sealed record FusionModel : IKindCatalogue
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Recorded with every incident.</summary>
    public required string Version { get; init; }
    public string Note { get; init; } = "";
    public required FrozenDictionary<Hazard, HazardModel> Hazards { get; init; }
    public required FrozenDictionary<string, FamilyModel> Families { get; init; }
    public required SameHomeModel SameHome { get; init; }
    public required FrozenDictionary<string, KindModel> Kinds { get; init; }
    public required ConfirmationRules Rules { get; init; }
    public required ReliabilityModel Reliability { get; init; }

    /// <summary>How far from a signal an incident may lie that it belongs to, beyond uncertainties, metres; 0 for an unknown kind.</summary>
    public double ReachM(string kind) =>
        Kinds.TryGetValue(kind, out var known) ? known.LnLr.Keys.Select(hazard => Hazards[hazard].RadiusM).DefaultIfEmpty().Max() : 0;

    public bool Knows(string kind) => Kinds.ContainsKey(kind);

    public bool Waits(string kind) => Kinds.TryGetValue(kind, out var known) && known is { WaitMinutes: > 0, Burst: null };

    /// <summary>The model that the platform ships with.</summary>
    public static FusionModel Bundled()
    {
        using var stream = typeof(FusionModel).Assembly.GetManifestResourceStream("CivicSignals.Fusion.fusion-model.json")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Parse(buffer.ToArray());
    }

    /// <summary>Reads and checks a model file.</summary>
    /// <exception cref="FormatException">It is not a usable model; the message says which number is wrong.</exception>
    public static FusionModel Parse(ReadOnlySpan<byte> json)
    {
        FileShape file;
        try
        {
            file = JsonSerializer.Deserialize<FileShape>(json, Json) ?? throw new FormatException("fusion model: empty");
        }
        catch (JsonException e)
        {
            throw new FormatException($"fusion model: {e.Message}", e);
        }

        var model = new FusionModel
        {
            Version = file.Version,
            Note = file.Note,
            Hazards = file.Hazards.ToFrozenDictionary(),
            Families = file.Families.ToFrozenDictionary(),
            SameHome = file.SameHome,
            Kinds = file.Kinds.ToFrozenDictionary(),
            Rules = file.Rules,
            Reliability = file.Reliability,
        };
        Check(model);
        return model;
    }

    private static void Check(FusionModel model)
    {
        foreach (var hazard in Enum.GetValues<Hazard>())
            Demand(model.Hazards.ContainsKey(hazard), $"hazards.{hazard} is missing");
        foreach (var (hazard, h) in model.Hazards)
        {
            Demand(h.PriorLnOdds is < 0 and > -40, $"hazards.{hazard}.priorLnOdds must be in -40..0");
            Demand(h.RadiusM is > 0 and <= 1000, $"hazards.{hazard}.radiusM must be in 0..1000");
            Demand(h.WindowMinutes > 0 && h.ExpiresMinutes >= h.WindowMinutes, $"hazards.{hazard}.expiresMinutes must be at least windowMinutes");
            Demand(h.AlertedExpiresMinutes >= h.ExpiresMinutes, $"hazards.{hazard}.alertedExpiresMinutes must be at least expiresMinutes");
        }

        var unreliable = model.Reliability is null ? "reliability is missing" : model.Reliability.Problem(model);
        Demand(unreliable is null, unreliable ?? "");
        Demand(model.Rules.Operator.LeastBelief is > 0.5 and < 1, "rules.operator.leastBelief must be in 0.5..1");
        foreach (var (name, family) in model.Families)
            Demand(family.Correlation is >= 0 and < 1 && family.CapLnLr is null or > 0, $"families.{name} is out of range");
        foreach (var (name, kind) in model.Kinds)
        {
            Demand(model.Families.ContainsKey(kind.Family), $"kinds.{name}.family '{kind.Family}' is unknown");
            Demand((kind.LnLr.Count > 0 || !kind.Opens) && kind.LnLr.Values.All(v => Math.Abs(v) <= 30), $"kinds.{name}.lnLr must name hazards with -30..30");
            Demand(kind.WaitMinutes >= 0, $"kinds.{name}.waitMinutes must not be negative");
            Demand(kind.Burst is null or { Least: >= 2, RadiusM: > 0, WithinSeconds: > 0 }, $"kinds.{name}.burst needs at least 2 sources, a radius and a time");
            Demand(kind.Burst is null || kind.WaitMinutes * 60 >= kind.Burst.WithinSeconds, $"kinds.{name}.waitMinutes must cover burst.withinSeconds");
            Demand(kind is { HalfLifeMinutes: > 0, FreshMinutes: >= 0, HoldMinutes: > 0 }, $"kinds.{name} has a time that is not positive");
        }
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new FormatException($"fusion model: {otherwise}");
    }

    private sealed record FileShape(
        string Version,
        string Note,
        Dictionary<Hazard, HazardModel> Hazards,
        Dictionary<string, FamilyModel> Families,
        SameHomeModel SameHome,
        Dictionary<string, KindModel> Kinds,
        ConfirmationRules Rules,
        ReliabilityModel Reliability);
}
