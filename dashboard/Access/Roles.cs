namespace CivicSignals.Dashboard.Access;

/// <summary>Roles, and the authorization policies of the same names.</summary>
public static class Roles
{
    /// <summary>Sees and acts on incidents. The policy lets operators in too.</summary>
    public const string ControlRoom = "control-room";

    /// <summary>Watches the platform, besides everything that the control room may.</summary>
    public const string Operator = "operator";
}
