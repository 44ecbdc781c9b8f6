namespace CivicSignals.Signals;

/// <summary>For which purposes what a source observed may be used. Per premises; sources without a home consent to all.</summary>
[Flags]
public enum Consents
{
    None = 0,
    Fire = 1,
    Police = 2,
    Ambulance = 4,
    Highways = 8,
    Council = 16,
    Public = 32,

    /// <summary>The fire service's list of homes to visit before something happens. Nobody is alerted by it.</summary>
    Prevention = 64,

    /// <summary>Every service that has a control room.</summary>
    Services = Fire | Police | Ambulance | Highways | Council,

    /// <summary>Every audience of an alert.</summary>
    All = Services | Public,
}
