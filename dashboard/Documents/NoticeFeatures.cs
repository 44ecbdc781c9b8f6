using CivicSignals.Notices;

namespace CivicSignals.Dashboard.Documents;

/// <summary>Notices as GeoJSON (RFC 7946): longitude first.</summary>
/// <param name="Type">Always <c>FeatureCollection</c>.</param>
/// <param name="Features">The notices.</param>
public sealed record NoticeFeatures(string Type, IReadOnlyList<NoticeFeature> Features);

/// <summary>One notice.</summary>
/// <param name="Type">Always <c>Feature</c>.</param>
/// <param name="Id">The same for all versions of it.</param>
/// <param name="Geometry">Where it holds; null: only its words tell.</param>
/// <param name="Properties">What it says.</param>
public sealed record NoticeFeature(string Type, string Id, Geometry? Geometry, NoticeProperties Properties);

/// <summary>What an official notice says, in the words of CAP 1.2 and of its issuer.</summary>
/// <param name="Issuer">Who issued it. Not this platform.</param>
/// <param name="Headline">One line.</param>
/// <param name="Event">What is happening.</param>
/// <param name="Severity">CAP severity.</param>
/// <param name="Urgency">CAP urgency.</param>
/// <param name="Certainty">CAP certainty.</param>
/// <param name="Onset">When it begins; null: it says none.</param>
/// <param name="Expires">When it ends by itself.</param>
/// <param name="AreaDescription">Where, in words.</param>
/// <param name="Link">The issuer's own page; null: none.</param>
/// <param name="Identifier">CAP identifier.</param>
/// <param name="Sender">CAP sender.</param>
/// <param name="Sent">When this version was sent.</param>
public sealed record NoticeProperties(
    string Issuer,
    string Headline,
    string Event,
    string Severity,
    string Urgency,
    string Certainty,
    DateTimeOffset? Onset,
    DateTimeOffset Expires,
    string AreaDescription,
    string? Link,
    string Identifier,
    string Sender,
    DateTimeOffset Sent)
{
    internal static NoticeProperties Of(Notice notice) => new(
        notice.Issuer, notice.Headline, notice.Event, notice.Severity, notice.Urgency, notice.Certainty, notice.Onset, notice.Expires,
        notice.AreaDescription, notice.Link, notice.Identifier, notice.Sender, notice.Sent);
}
