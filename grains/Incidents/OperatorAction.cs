namespace CivicSignals.Incidents;

/// <summary>A person's decision about an incident.</summary>
/// <param name="Incident">The incident's id.</param>
/// <param name="Verb">What to do.</param>
/// <param name="User">Who: the user's name, at most 100 characters.</param>
/// <param name="Note">Why, in the person's words; empty or at most 1,000 characters.</param>
[GenerateSerializer, Immutable, Alias("operator-action")]
public sealed record OperatorAction(
    [property: Id(0)] string Incident,
    [property: Id(1)] ActionVerb Verb,
    [property: Id(2)] string User,
    [property: Id(3)] string Note = "")
{
    /// <summary>The other incident: the one to merge into, or the merged one to take out again (null: the one merged last).</summary>
    [Id(4)] public string? Other { get; init; }

    /// <summary>Quadkey of the area that owns the one to merge into; null: the same area.</summary>
    [Id(5)] public string? OtherArea { get; init; }

    /// <summary>The evidence to split off, as <see cref="Incidents.Evidence.Name"/>.</summary>
    [Id(6)] public IReadOnlyList<string>? Evidence { get; init; }
}

/// <summary>What people may do to an incident.</summary>
public enum ActionVerb
{
    /// <summary>Seen; someone is dealing with it.</summary>
    Acknowledge,

    /// <summary>A person vouches that it is real: confirmed by rule <c>operator</c>.</summary>
    Confirm,

    /// <summary>It was never real: closes, and cancels what was published.</summary>
    FalseAlarm,

    /// <summary>It was real and is over: closes, and says so to everyone who was told.</summary>
    AllClear,

    /// <summary>It is the same event as another open incident: closes as merged into that one, which takes over all it knows.</summary>
    Merge,

    /// <summary>Some of its evidence is of another event: that becomes an incident of its own.</summary>
    Split,

    /// <summary>Something merged into it was another event: that becomes an incident of its own again.</summary>
    UndoMerge,
}

/// <summary>What became of an <see cref="OperatorAction"/>.</summary>
public enum ActionResult
{
    /// <summary>Done and on disk.</summary>
    Done,

    /// <summary>It was so already; nothing changed.</summary>
    Unchanged,

    /// <summary>The incident is closed; nothing changed.</summary>
    Closed,

    /// <summary>This area has no such incident.</summary>
    NotFound,

    /// <summary>On disk, and done as soon as the other incident's area answers.</summary>
    Accepted,

    /// <summary>The other incident is not open, or is this one; nothing changed.</summary>
    OtherNotOpen,

    /// <summary>It is about another hazard, and not all of its evidence speaks for the other's; nothing changed.</summary>
    OtherHazard,

    /// <summary>It is too far away from the other; nothing changed.</summary>
    TooFar,

    /// <summary>One of them is on its way into another incident; nothing changed.</summary>
    Leaving,

    /// <summary>It holds no such evidence; nothing changed.</summary>
    NoSuchEvidence,

    /// <summary>It would be left without evidence; nothing changed.</summary>
    NothingLeft,

    /// <summary>The evidence to split off speaks for no hazard; nothing changed.</summary>
    SpeaksForNothing,

    /// <summary>No such incident was merged into it, or nothing of it is left there; nothing changed.</summary>
    NoSuchMerger,
}
