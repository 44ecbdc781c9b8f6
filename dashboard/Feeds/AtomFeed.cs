using System.Globalization;
using System.Text;
using System.Xml;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Neighbourhoods;

namespace CivicSignals.Dashboard.Feeds;

/// <summary>
/// A neighbourhood's alerts as Atom (RFC 4287) with GeoRSS. One entry per alert, whatever its versions: the id stays and <c>updated</c>
/// moves, which readers show as an edit and not as another alert.
/// </summary>
public sealed class AtomFeed(CapOptions options, PublicShapes shapes)
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string GeoRss = "http://www.georss.org/georss";

    // RFC 4287 wants a date even where nothing has happened yet.
    private static readonly DateTimeOffset NothingYet = DateTimeOffset.UnixEpoch;

    /// <summary>UTF-8 XML.</summary>
    /// <param name="neighbourhood">Whose feed.</param>
    /// <param name="alerts">The newest version of each alert, newest change first.</param>
    /// <param name="address">Makes a path on this site absolute.</param>
    public byte[] Write(Neighbourhood neighbourhood, IReadOnlyList<Alert> alerts, Func<string, string> address)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xmlns", "georss", null, GeoRss);
            xml.WriteAttributeString("xml", "lang", null, "en-GB");
            Element(xml, "id", $"tag:{options.Domain},2026:n/{neighbourhood.Slug}");
            Element(xml, "title", $"Alerts in {neighbourhood.Name}");
            Element(xml, "updated", Time(alerts.Count > 0 ? alerts.Max(alert => alert.At) : NothingYet));
            Link(xml, "self", "application/atom+xml", address($"/n/{neighbourhood.Slug}/feed.atom"));
            Link(xml, "alternate", "text/html", address($"/n/{neighbourhood.Slug}"));
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", options.SenderName);
            xml.WriteEndElement();
            foreach (var alert in alerts)
                Entry(xml, alert, alerts, address);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private void Entry(XmlWriter xml, Alert alert, IReadOnlyList<Alert> all, Func<string, string> address)
    {
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", $"tag:{options.Domain},2026:alerts/{alert.Id}");
        Element(xml, "title", AlertSentences.Headline(alert, options.Status));
        Element(xml, "updated", Time(alert.At));
        Element(xml, "published", Time(alert.FirstSentAt));
        Link(xml, "alternate", "text/html", address($"/alerts/{alert.Id}"));
        Link(xml, "related", CapDocument.ContentType, address($"/alerts/{alert.Id}.cap"));
        foreach (var other in all.Where(other => other.Supersedes?.Contains(alert.Id) == true || alert.Supersedes?.Contains(other.Id) == true))
            Link(xml, "related", "text/html", address($"/alerts/{other.Id}")); // The same event: one of the two goes on from the other.
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("term", alert.Hazard.ToString());
        xml.WriteAttributeString("label", alert.Road?.Words ?? HazardWords.All[alert.Hazard].Event);
        xml.WriteEndElement();
        Element(xml, "summary", $"{AlertSentences.Description(alert)} {AlertSentences.Instruction(alert)}");
        Where(xml, alert);
        xml.WriteEndElement();
    }

    // GeoRSS Simple takes one geometry: of several rings, the one with the most points.
    private void Where(XmlWriter xml, Alert alert)
    {
        var ring = shapes.Of(alert).MaxBy(ring => ring.Count);
        if (ring is null)
            xml.WriteElementString("point", GeoRss, Position((alert.Lat, alert.Lon)));
        else
            xml.WriteElementString("polygon", GeoRss, string.Join(' ', ring.Select(Position)));
    }

    private static void Link(XmlWriter xml, string relation, string type, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, AlertSentences.Clean(text));

    private static string Position((double Lat, double Lon) point) => string.Create(CultureInfo.InvariantCulture, $"{point.Lat:0.#####} {point.Lon:0.#####}");

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
