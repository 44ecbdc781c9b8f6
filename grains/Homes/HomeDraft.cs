using CivicSignals.Signals;

namespace CivicSignals.Homes;

/// <summary>What someone tells of a home that is to be registered.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Kind">What it is, such as <c>dwelling</c>; 1..40 characters.</param>
/// <param name="Consents">The purposes consented to.</param>
public sealed record HomeDraft(Place Place, string Kind, Consents Consents)
{
    /// <summary>What a home consents to when nothing is said.</summary>
    public const Consents DefaultConsents = Consents.Fire | Consents.Police | Consents.Ambulance;

    /// <summary>Metres, when nothing is said.</summary>
    public const double DefaultUncertaintyM = 15;

    /// <summary>What is wrong with it, as a sentence for the person who wrote it; null: nothing.</summary>
    public string? Problem =>
        !Place.IsValid ? "lat must be -85..85, lon -180..180 and uncertaintyM 0..1000000."
        : Kind.Length is 0 or > 40 || Kind.Any(char.IsControl) ? "kind must have 1 to 40 characters."
        : null;
}

/// <summary>A home just registered or claimed, with its secrets: shown this once, kept only as hashes.</summary>
/// <param name="Home">As it stands.</param>
/// <param name="MqttSecret">Password of the MQTT user <see cref="Home.Gateway"/>; null when the gateway had its own already.</param>
/// <param name="ResidentKey">With the gateway's name it signs the home's people in.</param>
public sealed record NewHome(Home Home, string? MqttSecret, string ResidentKey);

/// <summary>Which of a home's two secrets.</summary>
public enum HomeCredential
{
    /// <summary>The gateway's password.</summary>
    Mqtt,

    /// <summary>The key of its people.</summary>
    Resident,
}

/// <summary>Which homes to list, in the order of their gateways' names.</summary>
/// <param name="Text">Only those whose gateway or premises contains it, without case; null: all.</param>
/// <param name="Claimed">True: claimed ones; false: unclaimed ones; null: both.</param>
/// <param name="After">Only those after this gateway's name: the last of the page before; null: from the first.</param>
/// <param name="Limit">1..1,000.</param>
public sealed record HomeQuery(string? Text = null, bool? Claimed = null, string? After = null, int Limit = 100);
