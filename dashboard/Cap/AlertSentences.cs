using System.Text;
using System.Xml;
using CivicSignals.Alerts;
using CivicSignals.Incidents;

namespace CivicSignals.Dashboard.Cap;

/// <summary>A public alert in sentences, for CAP and feeds.</summary>
public static class AlertSentences
{
    /// <summary>One line; says first when it is no actual alert.</summary>
    public static string Headline(Alert alert, CapStatus status) => status == CapStatus.Actual ? alert.Headline : $"{status}: {alert.Headline}";

    /// <summary>What is happening or how it ended, whether it is confirmed, and why we say so.</summary>
    public static string Description(Alert alert)
    {
        var hazard = alert.Road?.Words ?? HazardWords.All[alert.Hazard].Event;
        var where = alert.Neighbourhood is { } name ? $" in {name}" : "";
        var text = new StringBuilder(alert.Ended switch
        {
            null => $"{hazard}{where}. {(alert.Confirmed ? "This is confirmed." : "This is not confirmed yet.")}",
            Outcome.AllClear => $"{hazard}{where}: all clear, it is over.",
            Outcome.FalseAlarm => $"{hazard}{where}: this was a false alarm.",
            Outcome.Expired => $"{hazard}{where}: nothing new has been heard and this alert has ended by itself.",
            Outcome.Withdrawn => $"{hazard}{where}: this alert is withdrawn, and nothing more is said here.",
            _ => $"{hazard}{where}: this proved to be the same event as another alert, which goes on.",
        });
        foreach (var reason in alert.Reasons.Where(reason => reason.Length > 0))
            text.Append(' ').Append(char.ToUpperInvariant(reason[0])).Append(reason.AsSpan(1).TrimEnd('.')).Append('.');
        return Clean(text.ToString());
    }

    /// <summary>What to do.</summary>
    public static string Instruction(Alert alert) => alert.Ended switch
    {
        null => HazardWords.All[alert.Hazard].Instruction,
        Outcome.AllClear => "You need do nothing more. If you still see danger, call 999.",
        Outcome.FalseAlarm => "You need do nothing. If you do see danger, call 999.",
        Outcome.Expired => "You need do nothing more. Stay alert, and if you see danger, call 999.",
        Outcome.Withdrawn => "Nothing more is said here. If you see danger, call 999.",
        _ => "Follow the other alert for the same event. If you see danger, call 999.",
    };

    /// <summary>Text without the characters that XML cannot hold.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(' ');
        }

        return clean.ToString();
    }
}
