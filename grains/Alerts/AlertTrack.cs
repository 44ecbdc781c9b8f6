using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>What an incident remembers of an alert that went out: enough to tell whether an update is worth sending.</summary>
/// <param name="Id">The alert's id.</param>
/// <param name="Audience">Whom it addresses.</param>
/// <param name="Version">The newest version.</param>
/// <param name="Services">The services addressed so far.</param>
/// <param name="Belief">Belief in the newest version.</param>
/// <param name="Certainty">Certainty in the newest version.</param>
/// <param name="Confirmed">Whether the newest version says confirmed.</param>
/// <param name="FirstSentAt">When version 1 was sent.</param>
public sealed record AlertTrack(
    string Id,
    Audience Audience,
    int Version,
    Consents Services,
    double Belief,
    Certainty Certainty,
    bool Confirmed,
    DateTimeOffset FirstSentAt);
