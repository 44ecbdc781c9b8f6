namespace CivicSignals.Notices;

/// <summary>
/// An official alert by somebody else, as residents see it beside our own: what they issued, never what we conclude. One notice per alert,
/// whatever its updates. All texts are plain text of bounded length, without control characters or markup.
/// </summary>
public sealed record Notice
{
    /// <summary>Most rings of <see cref="Areas"/>.</summary>
    public const int MostAreas = 20;

    /// <summary>Most points of one ring, the closing one included.</summary>
    public const int MostPoints = 200;

    /// <summary>The same for all updates of one alert: letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the feed that it came by.</summary>
    public required string Feed { get; init; }

    /// <summary>Who issued it, as people read it: <c>Environment Agency</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>One line.</summary>
    public required string Headline { get; init; }

    /// <summary>What is happening, in the issuer's words: <c>Flood warning</c>.</summary>
    public required string Event { get; init; }

    /// <summary>CAP severity: <c>Extreme</c>, <c>Severe</c>, <c>Moderate</c>, <c>Minor</c> or <c>Unknown</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>CAP urgency: <c>Immediate</c>, <c>Expected</c>, <c>Future</c>, <c>Past</c> or <c>Unknown</c>.</summary>
    public required string Urgency { get; init; }

    /// <summary>CAP certainty: <c>Observed</c>, <c>Likely</c>, <c>Possible</c>, <c>Unlikely</c> or <c>Unknown</c>.</summary>
    public required string Certainty { get; init; }

    /// <summary>When what it warns of begins; null: it says none.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Where, in the issuer's words.</summary>
    public required string AreaDescription { get; init; }

    /// <summary>Where: closed rings of (lat, lon), degrees. Empty: only its words tell.</summary>
    public required IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> Areas { get; init; }

    /// <summary>Absolute http or https address of the issuer's own page; null: none.</summary>
    public string? Link { get; init; }

    /// <summary>CAP identifier of its newest version.</summary>
    public required string Identifier { get; init; }

    /// <summary>CAP sender.</summary>
    public required string Sender { get; init; }

    /// <summary>When its newest version was sent.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>When it was cancelled, or left its feed; null: it goes on until <see cref="Expires"/>.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
