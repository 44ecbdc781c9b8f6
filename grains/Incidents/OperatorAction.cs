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
    [property: Id(3)] string Note = "");

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
}
