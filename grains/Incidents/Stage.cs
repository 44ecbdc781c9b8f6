namespace CivicSignals.Incidents;

/// <summary>Where an incident stands.</summary>
public enum Stage
{
    Open,
    Closed,
}

/// <summary>How an incident ended.</summary>
public enum Outcome
{
    /// <summary>It was real, or may have been, and is over.</summary>
    AllClear,

    /// <summary>A person found that it was never real.</summary>
    FalseAlarm,

    /// <summary>Nothing new was heard for as long as the model allows.</summary>
    Expired,

    /// <summary>It proved to be the same event as another incident.</summary>
    Merged,

    /// <summary>Of an alert only: its audience may no longer be told, or a split took what it was raised for. The incident goes on.</summary>
    Withdrawn,
}
