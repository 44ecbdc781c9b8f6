using System.Text.Json.Serialization;

namespace CivicSignals.Alerts;

/// <summary>What drivers are told of a road: the safety-related traffic categories of the EU, in people's words.</summary>
/// <param name="Id">Stable: <c>slippery-road</c>.</param>
/// <param name="Words">As people say it: "Slippery road".</param>
/// <param name="Srti">The category's letter, <c>a</c> to <c>h</c>, in article 3 of Delegated Regulation (EU) 886/2013; null: none of them.</param>
public sealed record RoadCategory(
    string Id,
    string Words,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Srti = null);

/// <summary>Which kinds of signals make a <see cref="RoadCategory"/>.</summary>
/// <param name="Category">The category.</param>
/// <param name="Kinds">Kinds of the fusion model.</param>
public sealed record RoadCategoryRule(RoadCategory Category, IReadOnlyList<string> Kinds);
