using System.Globalization;
using System.Text;
using System.Xml;
using CivicSignals.Alerts;
using CivicSignals.Incidents;

namespace CivicSignals.Dashboard.Cap;

/// <summary>A public alert as CAP 1.2 (OASIS Standard, 1 July 2010). Every block is a sequence: the order of the calls is the standard's.</summary>
public sealed class CapDocument(CapOptions options, PublicShapes shapes)
{
    /// <summary>Namespace of CAP 1.2.</summary>
    public const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>Content type in practice; GOV.UK takes no other.</summary>
    public const string ContentType = "application/cap+xml";

    // Those who saw the alert are to see its end too before receivers drop it.
    private static readonly TimeSpan EndIsShownFor = TimeSpan.FromHours(1);

    /// <summary>UTF-8 XML.</summary>
    /// <param name="versions">Public versions of one alert, oldest first: the last is written, the earlier ones are referred to.</param>
    /// <param name="web">Absolute address of the alert's page.</param>
    /// <param name="superseded">Public versions of the alerts that it continues: those sent by then are referred to, for an update takes their place.</param>
    public byte[] Write(IReadOnlyList<Alert> versions, string web, IReadOnlyList<Alert>? superseded = null)
    {
        var alert = versions[^1];
        var earlier = (superseded ?? []).Where(other => other.At <= alert.At).Concat(versions.SkipLast(1)).ToList();
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("alert", Namespace);
            Element(xml, "identifier", Identifier(alert));
            Element(xml, "sender", options.Sender);
            Element(xml, "sent", Time(alert.At));
            Element(xml, "status", options.Status.ToString());
            Element(xml, "msgType", alert.MsgType.ToString());
            Element(xml, "scope", "Public");
            if (Note(alert) is { } note)
                Element(xml, "note", note);
            if (earlier.Count > 0)
                Element(xml, "references", string.Join(' ', earlier.Select(v => $"{options.Sender},{Identifier(v)},{Time(v.At)}")));
            Element(xml, "incidents", alert.SupersededBy is { } other ? $"{alert.Incident} {other}" : alert.Incident);
            Info(xml, alert, web);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    /// <summary>Of one version: letters, digits and hyphens, which all receivers take.</summary>
    public static string Identifier(Alert alert) => string.Create(CultureInfo.InvariantCulture, $"{alert.Id}-{alert.Version}");

    private void Info(XmlWriter xml, Alert alert, string web)
    {
        var words = HazardWords.All[alert.Hazard];
        var ended = alert.Ended is not null;
        xml.WriteStartElement("info", Namespace);
        Element(xml, "language", "en-GB");
        foreach (var category in words.Categories)
            Element(xml, "category", category);
        Element(xml, "event", alert.Road?.Words ?? words.Event);
        Element(xml, "responseType", alert.Ended switch { null => words.Response, Outcome.AllClear => "AllClear", _ => "None" });
        Element(xml, "urgency", ended ? "Past" : "Immediate");
        Element(xml, "severity", ended ? "Minor" : words.Severity);
        Element(xml, "certainty", alert.Ended == Outcome.FalseAlarm ? "Unlikely" : alert.Certainty.ToString());
        if (words.EventCode is { } code)
            EventCode(xml, "OET:v1.2", code);
        if (alert.Road?.Srti is { } srti)
            EventCode(xml, "SRTI", srti); // Delegated Regulation (EU) 886/2013, article 3.

        Element(xml, "effective", Time(alert.At));
        Element(xml, "expires", Time(ended ? alert.At + EndIsShownFor : alert.ExpiresAt > alert.At ? alert.ExpiresAt : alert.At));
        Element(xml, "senderName", options.SenderName);
        Element(xml, "headline", AlertSentences.Headline(alert, options.Status));
        Element(xml, "description", AlertSentences.Description(alert));
        Element(xml, "instruction", AlertSentences.Instruction(alert));
        Element(xml, "web", web);
        Area(xml, alert);
        xml.WriteEndElement();
    }

    private static void EventCode(XmlWriter xml, string system, string code)
    {
        xml.WriteStartElement("eventCode", Namespace);
        Element(xml, "valueName", system);
        Element(xml, "value", code);
        xml.WriteEndElement();
    }

    private void Area(XmlWriter xml, Alert alert)
    {
        var rings = shapes.Of(alert);
        xml.WriteStartElement("area", Namespace);
        var radiusM = Math.Max(alert.RadiusM, 1);
        var circle = string.Create(CultureInfo.InvariantCulture, $"ithin {radiusM:0} m of {alert.Lat:0.000}, {alert.Lon:0.000}");
        Element(xml, "areaDesc", (alert.Neighbourhood, rings.Count) switch
        {
            ({ } name, > 0) => name,
            ({ } name, _) => $"{name}, w{circle}",
            _ => $"W{circle}",
        });
        foreach (var ring in rings)
            Element(xml, "polygon", string.Join(' ', ring.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Lat:0.#####},{p.Lon:0.#####}"))));
        if (rings.Count == 0)
            Element(xml, "circle", string.Create(CultureInfo.InvariantCulture, $"{alert.Lat:0.#####},{alert.Lon:0.#####} {radiusM / 1000:0.###}"));
        xml.WriteEndElement();
    }

    private string? Note(Alert alert) => (options.Status, alert) switch
    {
        (CapStatus.Actual, { MsgType: MsgType.Cancel } or { Ended: not null }) => Ending(alert.Ended),
        (CapStatus.Actual, _) => null,
        var (status, _) => $"This is no actual alert; its status is {status}. Do not act on it.",
    };

    private static string Ending(Outcome? ended) => ended switch
    {
        Outcome.AllClear => "All clear: it is over.",
        Outcome.FalseAlarm => "False alarm: the alert is withdrawn.",
        Outcome.Expired => "Ended by itself: nothing new was heard.",
        Outcome.Merged => "The same event as another alert, which goes on.",
        _ => "The alert is withdrawn.",
    };

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, AlertSentences.Clean(text));

    // The standard takes neither Z nor fractions of a second, and writes UTC as -00:00.
    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'-00:00'", CultureInfo.InvariantCulture);
}
