using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CivicSignals.Alerts;
using CivicSignals.Signals;

namespace CivicSignals.Incidents;

/// <summary>A hypothesis that one hazard is happening at one place, as its area holds it.</summary>
public sealed record Incident
{
    /// <summary>Derived from the evidence that opened it, so that a replay gives the same.</summary>
    public required string Id { get; init; }
    public required Hazard Hazard { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The evidence, in the order of (source, kind).</summary>
    public required ImmutableArray<Evidence> Evidence
    {
        get;
        init
        {
            field = value;
            Extent = new Extent(value);
        }
    }

    /// <summary>Where and when the evidence lies.</summary>
    [JsonIgnore]
    public Extent Extent { get; private init; } = null!;

    /// <summary>Version of the fusion model that it is judged by.</summary>
    public required string Model { get; init; }
    public Stage Stage { get; init; } = Stage.Open;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Outcome? Outcome { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ClosedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MergedInto { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Confirmation? Confirmation { get; init; }

    /// <summary>Who acknowledged it last, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AcknowledgedBy { get; init; }

    /// <summary>The alerts that went out about it, one per audience.</summary>
    public ImmutableArray<AlertTrack> Alerts { get; init; } = [];

    /// <summary>What merging and splitting have made of it; null: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Provenance? Provenance { get; init; }

    /// <summary>Where a person has sent it, while it is on its way; null: nowhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Departure? Leaving { get; init; }
}
