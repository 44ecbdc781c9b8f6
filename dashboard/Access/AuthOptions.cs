namespace CivicSignals.Dashboard.Access;

/// <summary>Who may sign in at first. Section <c>Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>Name of the user that is made when there is none, at most 100 characters. Default empty: <c>admin</c>.</summary>
    public string? FirstUser { get; set; }

    /// <summary>Its password. Default empty: one is generated and printed once.</summary>
    public string? FirstPassword { get; set; }
}
