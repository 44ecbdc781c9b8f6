using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.CommonCauses;
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

    /// <summary>The families that code knows by name.</summary>
    public const string Home = "home", Vehicle = "vehicle", Official = "official";

    /// <summary>Recorded with every incident.</summary>
    public required string Version { get; init; }
    public string Note { get; init; } = "";
    public required FrozenDictionary<Hazard, HazardModel> Hazards { get; init; }
    public required FrozenDictionary<string, FamilyModel> Families { get; init; }
    public required SameHomeModel SameHome { get; init; }
    public required FrozenDictionary<string, KindModel> Kinds { get; init; }
    public required ReliabilityModel Reliability { get; init; }

    /// <summary>Confirmation rules, in the order in which they are tried.</summary>
    public required IReadOnlyList<ConfirmationRule> Rules { get; init; }

    /// <summary>How causes show that many homes share.</summary>
    public required IReadOnlyList<CommonCauseRule> CommonCauses { get; init; }

    /// <summary>The zone of the hours in <see cref="HazardModel.HourLnOdds"/>.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The rule by which a person vouches.</summary>
    public ConfirmationRule Operator => Rules.First(rule => rule.Name == ConfirmationRule.Operator);

    /// <summary>How far from a signal an incident may lie that it belongs to, beyond uncertainties, metres; 0 for an unknown kind.</summary>
    public double ReachM(string kind) =>
        Kinds.TryGetValue(kind, out var known) ? known.LnLr.Keys.Select(hazard => Hazards[hazard].RadiusM).DefaultIfEmpty().Max() : 0;

    public bool Knows(string kind) => Kinds.ContainsKey(kind);

    public string? FamilyOf(string kind) => Kinds.GetValueOrDefault(kind)?.Family;

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
            Zone = Find(file.TimeZone),
            CommonCauses = file.CommonCauses,
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

        foreach (var (hazard, h) in model.Hazards)
        {
            Demand(h.HourLnOdds is null || (h.HourLnOdds.Count == HazardModel.Quarters && h.HourLnOdds.All(v => Math.Abs(v) <= 5)), $"hazards.{hazard}.hourLnOdds must be {HazardModel.Quarters} numbers in -5..5");
            Demand(h.PlaceLnOdds is null || h.PlaceLnOdds.Values.All(v => Math.Abs(v) <= 5), $"hazards.{hazard}.placeLnOdds must be in -5..5");
        }

        var unreliable = model.Reliability is null ? "reliability is missing" : model.Reliability.Problem(model);
        Demand(unreliable is null, unreliable ?? "");
        Demand(model.SameHome is { SameKindLnLr: >= 0, OtherKindLnLr: >= 0, SilentAfterMinutes: > 0 }, "sameHome is out of range");
        foreach (var (name, family) in model.Families)
        {
            Demand(family.Correlation is >= 0 and < 1 && family.CapLnLr is null or > 0, $"families.{name} is out of range");
            Demand(family is { BesideLnLr: null or >= 0, BesideMinutes: null or > 0, BesideM: null or > 0 }, $"families.{name}.besideLnLr must not be negative, besideMinutes and besideM must be positive");
        }

        foreach (var family in (ReadOnlySpan<string>)[Home, Vehicle, Official])
            Demand(model.Families.ContainsKey(family), $"families.{family} is missing");
        CheckRules(model);
        CheckCommonCauses(model);
        foreach (var (name, kind) in model.Kinds)
        {
            Demand(model.Families.ContainsKey(kind.Family), $"kinds.{name}.family '{kind.Family}' is unknown");
            Demand((kind.LnLr.Count > 0 || !kind.Opens) && kind.LnLr.Values.All(v => Math.Abs(v) <= 30), $"kinds.{name}.lnLr must name hazards with -30..30");
            Demand(kind.WaitMinutes >= 0, $"kinds.{name}.waitMinutes must not be negative");
            Demand(kind.Burst is null or { Least: >= 2, RadiusM: > 0, WithinSeconds: > 0 }, $"kinds.{name}.burst needs at least 2 sources, a radius and a time");
            Demand(kind.Burst is null || kind.WaitMinutes * 60 >= kind.Burst.WithinSeconds, $"kinds.{name}.waitMinutes must cover burst.withinSeconds");
            Demand(kind is { BesideLnLr: null or >= 0, SilenceLnLr: <= 0 and >= -5, Brief: null or { Minutes: > 0, LnLr: < 0 } }, $"kinds.{name} has a besideLnLr, silenceLnLr or brief that is out of range");
            Demand(kind is { HalfLifeMinutes: > 0, FreshMinutes: >= 0, HoldMinutes: > 0 }, $"kinds.{name} has a time that is not positive");
        }
    }

    private static void CheckRules(FusionModel model)
    {
        Demand(model.Rules.Count(rule => rule is { Name: ConfirmationRule.Operator, Test: RuleTest.Operator, LeastBelief: > 0.5 and < 1 }) == 1, "rules must have one 'operator' with a leastBelief in 0.5..1");
        Demand(model.Rules.Select(rule => rule.Name).Distinct().Count() == model.Rules.Count, "rules must have names of their own");
        foreach (var rule in model.Rules)
        {
            Demand(rule.For.Count > 0 && rule.For.All(name => ServiceNames.Parse(name) != Consents.None), $"rules '{rule.Name}': for must name fire, police, ambulance, highways, council or public");
            Demand(rule is { WindowMinutes: >= 0, WithinM: >= 0, Version: > 0 } && rule.Words.Length > 0, $"rules '{rule.Name}' is out of range");
            Demand(rule.WindowMinutes > 0 || rule.Test is RuleTest.Operator or RuleTest.OfficialSource, $"rules '{rule.Name}': windowMinutes must be positive");
            Demand(rule.Test != RuleTest.AlarmAndPerson || (rule.Persons.Count > 0 && rule.Persons.All(model.Families.ContainsKey)), $"rules '{rule.Name}': persons must name families");
        }
    }

    private static void CheckCommonCauses(FusionModel model)
    {
        foreach (var rule in model.CommonCauses)
        {
            Demand(rule.Kinds.Count > 0 && rule.Kinds.All(model.Kinds.ContainsKey), $"commonCauses '{rule.Name}': kinds must name kinds");
            Demand(rule is { WithinMinutes: > 0, LeastPlaces: >= 2, LeastTimes: > 1 }, $"commonCauses '{rule.Name}' is out of range");
        }
    }

    private static TimeZoneInfo Find(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
        ? found
        : throw new FormatException($"fusion model: timeZone '{zone}' is unknown");

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
        string TimeZone,
        IReadOnlyList<CommonCauseRule> CommonCauses,
        IReadOnlyList<ConfirmationRule> Rules,
        ReliabilityModel Reliability);
}
