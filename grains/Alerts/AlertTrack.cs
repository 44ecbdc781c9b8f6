using System.Text.Json.Serialization;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>What an incident remembers of an alert that went out: enough to tell whether an update is worth sending.</summary>
/// <param name="Id">The alert's id.</param>
/// <param name="Audience">Whom it addresses.</param>
/// <param name="Version">The newest version.</param>
/// <param name="Services">The services that the newest version addresses.</param>
/// <param name="Belief">Belief in the newest version.</param>
/// <param name="Certainty">Certainty in the newest version.</param>
/// <param name="Confirmation">The rule by which the newest version is confirmed, or null.</param>
/// <param name="ConfirmedFor">For whom.</param>
/// <param name="FirstSentAt">When version 1 was sent.</param>
/// <param name="Withdrawn">Whether the newest version ended it because nothing that remains may, or need, be told to that audience.</param>
public sealed record AlertTrack(
    string Id,
    Audience Audience,
    int Version,
    Consents Services,
    double Belief,
    Certainty Certainty,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Confirmation? Confirmation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Consents ConfirmedFor,
    DateTimeOffset FirstSentAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Withdrawn = false)
{
    /// <summary>The next version, which ends it for an audience that may no longer be told.</summary>
    public AlertTrack Withdraw() => this with { Version = Version + 1, Withdrawn = true };
}
