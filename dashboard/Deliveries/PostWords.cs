using System.Globalization;
using System.Text;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Dashboard.Neighbourhoods;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>An alert as a post: the public headline, how sure it is, when, and where to read on. Never a place closer than the headline's.</summary>
internal static class PostWords
{
    /// <summary>Bluesky's bound (lexicon <c>app.bsky.feed.post</c>).</summary>
    private const int MostGraphemes = 300;

    /// <summary>Mastodon's default bound.</summary>
    private const int MostCharacters = 500;

    /// <summary>Writes the post.</summary>
    /// <param name="alert">A public alert.</param>
    /// <param name="link">Absolute address of its page, at most 200 characters.</param>
    /// <param name="status">Said first when it is no actual alert.</param>
    public static Post Write(Alert alert, string link, CapStatus status)
    {
        var ended = alert.Ended is not null || alert.MsgType == MsgType.Cancel;
        var moment = ended ? "Ended" : alert.Version == 1 ? "Sent" : "Updated";
        var rest = $"{(ended ? "" : "\n" + alert.Sentence())}\n{moment} at {UkTime.Full(alert.At)}.\n{link}";
        var headline = Cut(Neutral(AlertSentences.Headline(alert, status)), MostGraphemes - Graphemes(rest), MostCharacters - rest.Length);
        return new Post(alert.Id, alert.Version, alert.FirstSentAt, alert.At, headline + rest, link, ended ? headline : null);
    }

    /// <summary>How many characters people see.</summary>
    public static int Graphemes(string text) => StringInfo.ParseCombiningCharacters(text).Length;

    /// <summary>On one line, without what networks turn into mentions, tags and links, or what turns the direction of writing.</summary>
    private static string Neutral(string text)
    {
        var neutral = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isKept = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
                && rune.Value is not ('@' or '＠' or '﹫' or '#' or '＃' or '﹟');
            neutral.Append(isKept ? rune.ToString() : " ");
        }

        return string.Join(' ', neutral.Replace("://", ": ").ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The text, or as much of its beginning as fits both bounds with an ellipsis; never half a grapheme.</summary>
    private static string Cut(string text, int graphemes, int characters)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        if (starts.Length <= graphemes && text.Length <= characters)
            return text;
        var end = starts.Take(graphemes).LastOrDefault(start => start < characters);
        return text[..end].TrimEnd() + "…";
    }
}
