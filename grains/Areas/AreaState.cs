using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.CommonCauses;
using CivicSignals.Incidents;
using CivicSignals.Learning;

namespace CivicSignals.Areas;

/// <summary>Everything that an area must remember: what the fusion core folds over and the ledger keeps.</summary>
public sealed record AreaState
{
    public static AreaState Empty { get; } = new();

    /// <summary>Open incidents, by id.</summary>
    public ImmutableArray<Incident> Open { get; init; } = [];

    /// <summary>Evidence that belongs to no incident yet: one may open that explains it, or others may join it to a burst. In the order of arrival.</summary>
    public ImmutableArray<Evidence> Waiting { get; init; } = [];

    /// <summary>The common causes at work in the region, as last heard. Soft.</summary>
    [JsonIgnore]
    public ImmutableArray<Surge> Surges { get; init; } = [];

    /// <summary>What each source last said, so that a repeated state is not taken for a new event.</summary>
    [JsonConverter(typeof(LatchesConverter))]
    public ImmutableDictionary<LatchKey, Latch> Latches { get; init; } = ImmutableDictionary<LatchKey, Latch>.Empty;

    /// <summary>No latch may be forgotten before; null: not worked out. Soft.</summary>
    [JsonIgnore]
    public DateTimeOffset? ForgetsAt { get; init; }

    /// <summary>What its incidents' ends have taught it; null: nothing yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Learnt? Learnt { get; init; }
}

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
}

/// <summary>Keeps latches as a list: JSON has no composite keys.</summary>
internal sealed class LatchesConverter : JsonConverter<ImmutableDictionary<LatchKey, Latch>>
{
    public override ImmutableDictionary<LatchKey, Latch> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, Ledger.LedgerJson.Lines.LatchArray)!.ToImmutableDictionary(latch => latch.Key);

    public override void Write(Utf8JsonWriter writer, ImmutableDictionary<LatchKey, Latch> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var latch in value.Values)
            JsonSerializer.Serialize(writer, latch, Ledger.LedgerJson.Lines.Latch);
        writer.WriteEndArray();
    }
}
