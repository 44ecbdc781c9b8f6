namespace CivicSignals.Alerts;

/// <summary>What has been done to an incident besides hearing more about it: those who were told must know.</summary>
public enum Reshaping
{
    None,

    /// <summary>Another incident that somebody was told of was merged into it.</summary>
    Merged,

    /// <summary>Part of its evidence was split off.</summary>
    Split,
}
