namespace CivicSignals.Dashboard.Access;

/// <summary>Roles, and the authorization policies of the same names.</summary>
public static class Roles
{
    /// <summary>Sees and acts on incidents. The policy lets operators in too.</summary>
    public const string ControlRoom = "control-room";

    /// <summary>Watches the platform, besides everything that the control room may.</summary>
    public const string Operator = "operator";

    /// <summary>One home's people: sees and changes that home only, named by the claim <see cref="Residents.Gateway"/>. A session of its own, by a cookie of its own.</summary>
    public const string Resident = "resident";
}
