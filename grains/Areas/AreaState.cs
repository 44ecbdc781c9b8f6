using System.Collections.Immutable;
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
    [JsonConverter(typeof(LatchSetConverter))]
    public LatchSet Latches { get; init; } = LatchSet.Empty;

    /// <summary>No latch may be forgotten before; null: not worked out. Soft.</summary>
    [JsonIgnore]
    public DateTimeOffset? ForgetsAt { get; init; }

    /// <summary>What its incidents' ends have taught it; null: nothing yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Learnt? Learnt { get; init; }
}
