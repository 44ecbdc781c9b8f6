using System.Text.Json.Serialization;

namespace CivicSignals.Areas;

/// <summary>Who says what.</summary>
public readonly record struct LatchKey(string Source, string Kind)
{
    /// <summary>A source says few kinds: hashing them all the way tells little more.</summary>
    public override int GetHashCode() => Source.GetHashCode(StringComparison.Ordinal) ^ (Kind.Length << 8) ^ Kind[^1];
}

/// <summary>A source that says that a kind is active: its repeats are no news until it clears or falls silent for the kind's hold time.</summary>
/// <param name="Source">Who.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When it began to say so.</param>
/// <param name="HeardAt">When it last said so.</param>
/// <param name="Incident">The incident that it became evidence of, closed ones too; null: none.</param>
/// <param name="Event">The event's own identity, or null.</param>
/// <param name="Area">The area that has taken the incident over, and hears the source from then on; null: this one.</param>
public sealed record Latch(
    string Source,
    string Kind,
    DateTimeOffset At,
    DateTimeOffset HeardAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Incident,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Event,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Area = null)
{
    [JsonIgnore]
    public LatchKey Key => new(Source, Kind);

    /// <summary>Of its key: worked out once, for it is looked up and put back again and again.</summary>
    [JsonIgnore]
    internal int Hash { get; } = new LatchKey(Source, Kind).GetHashCode();
}
