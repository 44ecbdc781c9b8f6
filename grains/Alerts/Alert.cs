using System.Text.Json.Serialization;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>Whom an alert addresses.</summary>
public enum Audience
{
    ControlRoom,
    Public,
}

/// <summary>CAP 1.2 msgType.</summary>
public enum MsgType
{
    Alert,
    Update,
    Cancel,
}

/// <summary>CAP 1.2 certainty. Observed: a person or an official source vouches. Likely: belief above 0.5. Possible: at most 0.5.</summary>
public enum Certainty
{
    Observed,
    Likely,
    Possible,
}

/// <summary>
/// One published version of an alert: the replay format's <c>alert</c> line. To the public, the place is the public shape,
/// never a home, and the words name no source.
/// </summary>
/// <param name="At">When it was sent, UTC.</param>
/// <param name="Type">Always <c>alert</c>.</param>
/// <param name="Id">Stable over versions; letters, digits and hyphens.</param>
/// <param name="Version">From 1.</param>
/// <param name="MsgType">CAP msgType.</param>
/// <param name="Incident">The incident that it is about.</param>
/// <param name="Audience">Whom it addresses.</param>
/// <param name="Services">Control rooms addressed: fire, police, ambulance, highways, council; empty to the public.</param>
/// <param name="Hazard">What may be happening.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="RadiusM">Metres.</param>
/// <param name="Belief">Probability, 0..1, when it was sent.</param>
/// <param name="Certainty">CAP certainty.</param>
/// <param name="Confirmed">Whether a confirmation rule was met.</param>
/// <param name="Confirmation">The rule, or null. To the public without <c>By</c>.</param>
/// <param name="Headline">One line, under 140 characters.</param>
/// <param name="Reasons">Why, in plain words, the weightiest first.</param>
/// <param name="Ended">How it ended, on the last version; null before.</param>
/// <param name="Neighbourhood">Name of the neighbourhood, or null.</param>
/// <param name="NeighbourhoodSlug">Its slug, or null.</param>
/// <param name="SupersededBy">On a merged incident's last version: the incident that it proved to be. Else null.</param>
/// <param name="FirstSentAt">When version 1 was sent, UTC.</param>
/// <param name="ExpiresAt">When it ends by itself if nothing new is heard, UTC.</param>
public sealed record Alert(
    DateTimeOffset At,
    string Type,
    string Id,
    int Version,
    MsgType MsgType,
    string Incident,
    Audience Audience,
    IReadOnlyList<string> Services,
    Hazard Hazard,
    double Lat,
    double Lon,
    double RadiusM,
    double Belief,
    Certainty Certainty,
    bool Confirmed,
    Confirmation? Confirmation,
    string Headline,
    IReadOnlyList<string> Reasons,
    Outcome? Ended,
    string? Neighbourhood,
    string? NeighbourhoodSlug,
    string? SupersededBy,
    DateTimeOffset FirstSentAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>What it is on the road, when it was seen from there: then the place is the one on the road. Null: something else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoadCategory? Road { get; init; }

    /// <summary>The addressed services whose own rules are met; null to the public and while unconfirmed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ConfirmedFor { get; init; }

    /// <summary>Ids of alerts to the same audience, about incidents merged into this one, that it continues; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Supersedes { get; init; }
}
