namespace CivicSignals.Signals;

/// <summary>Who may be told of what a source observed. Per premises and purpose; sources without a home consent to all.</summary>
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

    /// <summary>Every service that has a control room.</summary>
    Services = Fire | Police | Ambulance | Highways | Council,
    All = Services | Public,
}
