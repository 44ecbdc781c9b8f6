using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.Learning;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>When an alert goes out, per hazard and audience: data, versioned. The bundled file is <c>alert-policy.json</c>.</summary>
/// <param name="Version">The file's version.</param>
/// <param name="Note">For its readers.</param>
/// <param name="UpdateStep">An update is sent when belief has moved by so much, 0..1; a change of certainty or confirmation is always sent.</param>
/// <param name="PeopleFamilies">Families of people who may be many and mistaken, or one who lies.</param>
/// <param name="RoadFamilies">Families of sources that are on the road: what they see is shown where it is.</param>
/// <param name="Rules">In order; one per audience and hazard at most.</param>
/// <param name="RoadCategories">In order: the first that has a kind names it.</param>
public sealed record AlertPolicy(
    string Version,
    string Note,
    double UpdateStep,
    IReadOnlyList<string> PeopleFamilies,
    IReadOnlyList<string> RoadFamilies,
    IReadOnlyList<AlertRule> Rules,
    IReadOnlyList<RoadCategoryRule> RoadCategories)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>What false calls of one premises lead to.</summary>
    public FalseCallPolicy FalseCalls { get; init; } = FalseCallPolicy.None;

    /// <summary>The rule for a hazard and an audience, or null: that audience is never told.</summary>
    public AlertRule? For(Hazard hazard, Audience audience) =>
        Rules.FirstOrDefault(rule => rule.Audience == audience && rule.Hazards.Contains(hazard));

    /// <summary>What a kind says of a road, or null where it says nothing of roads.</summary>
    public RoadCategory? RoadOf(string kind) => RoadCategories.FirstOrDefault(rule => rule.Kinds.Contains(kind))?.Category;

    /// <summary>The policy that the platform ships with.</summary>
    public static AlertPolicy Bundled()
    {
        using var stream = typeof(AlertPolicy).Assembly.GetManifestResourceStream("CivicSignals.Alerts.alert-policy.json")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Parse(buffer.ToArray());
    }

    /// <summary>Reads and checks a policy file.</summary>
    /// <exception cref="FormatException">It is not a usable policy; the message says why.</exception>
    public static AlertPolicy Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var policy = JsonSerializer.Deserialize<AlertPolicy>(json, Json) ?? throw new FormatException("alert policy: empty");
            if (policy.Rules.Any(rule => rule.When.Count == 0 || rule.When.Any(when => when.IsEmpty)))
                throw new FormatException("alert policy: a rule has an empty condition, which would always hold");
            if (policy.Rules.Any(rule => rule.Services.Any(service => (ServiceNames.Parse(service) & Consents.Services) == Consents.None)))
                throw new FormatException("alert policy: services are fire, police, ambulance, highways and council");
            if (policy.FalseCalls.Problem() is { } problem)
                throw new FormatException($"alert policy: {problem}");
            return policy;
        }
        catch (JsonException e)
        {
            throw new FormatException($"alert policy: {e.Message}", e);
        }
    }
}

/// <summary>One rule of the policy.</summary>
/// <param name="Audience">Whom it tells.</param>
/// <param name="Hazards">Of what.</param>
/// <param name="When">Conditions; any one suffices.</param>
public sealed record AlertRule(Audience Audience, IReadOnlyList<Hazard> Hazards, IReadOnlyList<AlertCondition> When)
{
    /// <summary>The services addressed; empty to the public.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The services as flags.</summary>
    [JsonIgnore]
    public Consents ServiceFlags => Services.Aggregate(Consents.None, (flags, name) => flags | ServiceNames.Parse(name));
}

/// <summary>All that is given must hold.</summary>
/// <param name="Confirmed">Whether a confirmation rule was met.</param>
/// <param name="ConfirmedBy">The name of the rule that was met.</param>
/// <param name="BeliefAtLeast">Belief, 0..1.</param>
/// <param name="OnTheRoad">Whether it was seen from the road alone.</param>
/// <param name="WithoutPeopleAtLeast">Belief without what people say, 0..1: a crowd lends no weight to an alarm that has none.</param>
public sealed record AlertCondition(bool? Confirmed = null, string? ConfirmedBy = null, double? BeliefAtLeast = null, bool? OnTheRoad = null, double? WithoutPeopleAtLeast = null)
{
    [JsonIgnore]
    public bool IsEmpty => Confirmed is null && ConfirmedBy is null && BeliefAtLeast is null && OnTheRoad is null && WithoutPeopleAtLeast is null;

    /// <summary>Whether it holds.</summary>
    public bool Holds(double belief, Func<double> withoutPeople, string? confirmedBy, bool onTheRoad) =>
        (OnTheRoad is null || OnTheRoad == onTheRoad)
        && (Confirmed is not { } confirmed || confirmed == (confirmedBy is not null))
        && (ConfirmedBy is null || ConfirmedBy == confirmedBy)
        && (BeliefAtLeast is not { } least || belief >= least)
        && (WithoutPeopleAtLeast is not { } machines || withoutPeople() >= machines);
}
