using CivicSignals.Notices;

namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>What is shown of a CAP message: plain text of bounded length.</summary>
internal static class CapNotice
{
    private const int LongestLink = 500;

    /// <summary>One that says no end holds for a day; none holds for longer than a month, whatever it says.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromHours(24);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static readonly string[] Severities = ["Extreme", "Severe", "Moderate", "Minor"];
    private static readonly string[] Urgencies = ["Immediate", "Expected", "Future", "Past"];
    private static readonly string[] Certainties = ["Observed", "Likely", "Possible", "Unlikely"];

    /// <summary>The notice of an Alert or Update that says something.</summary>
    /// <param name="id">Of its thread.</param>
    /// <param name="feed">Name of the feed.</param>
    /// <param name="message">The message.</param>
    /// <param name="info">What it says.</param>
    /// <param name="entry">What the feed adds.</param>
    public static Notice Of(string id, string feed, CapMessage message, CapInfo info, CapEntry entry)
    {
        var happening = PlainText.Of(info.Event, 80);
        return new Notice
        {
            Id = id,
            Feed = feed,
            Issuer = PlainText.Of(info.SenderName, 100) is { Length: > 0 } name ? name : PlainText.Of(message.Sender, 100),
            Headline = PlainText.Of(info.Headline, 200) is { Length: > 0 } headline ? headline : happening,
            Event = happening,
            Severity = Word(info.Severity, Severities),
            Urgency = Word(info.Urgency, Urgencies),
            Certainty = Word(info.Certainty, Certainties),
            Onset = info.Onset,
            Expires = info.Expires is not { } expires ? message.Sent + Usual : expires - message.Sent > Longest ? message.Sent + Longest : expires,
            AreaDescription = PlainText.Of(string.Join(", ", info.AreaDescriptions), 300),
            Areas = info.Areas.Count > 0 ? info.Areas : entry.Areas,
            Link = Link(info.Web) ?? Link(entry.Page),
            Identifier = message.Identifier,
            Sender = message.Sender,
            Sent = message.Sent,
        };
    }

    private static string Word(string word, string[] known) => known.Contains(word) ? word : "Unknown";

    private static string? Link(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.UserInfo.Length == 0
        && address.AbsoluteUri.Length <= LongestLink ? address.AbsoluteUri : null;
}
