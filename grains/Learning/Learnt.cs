using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CivicSignals.Learning;

/// <summary>What an area has learnt from how its incidents ended: part of its durable state.</summary>
public sealed record Learnt
{
    public static Learnt Nothing { get; } = new();

    /// <summary>Sources with an outcome, in the order of (source, kind).</summary>
    public ImmutableArray<SourceRecord> Sources { get; init; } = [];

    /// <summary>Premises with false calls, in the order of premises, hazard and service.</summary>
    public ImmutableArray<FalseCallRecord> FalseCalls { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => Sources.IsEmpty && FalseCalls.IsEmpty;
}

/// <summary>How often one source was right with one kind: an alarm that smells smoke where there is toast may still be right about carbon monoxide.</summary>
/// <param name="Source">Who.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Right">Incidents that it spoke for and that a person found real.</param>
/// <param name="Wrong">Those that a person found false.</param>
/// <param name="HeardAt">When it last said something that became evidence, or an incident of it ended, UTC, milliseconds.</param>
public sealed record SourceRecord(string Source, string Kind, int Right, int Wrong, DateTimeOffset HeardAt)
{
    /// <summary>Bound against floods of invented sources; the longest unheard go first.</summary>
    public const int MostPerArea = 4096;
}
