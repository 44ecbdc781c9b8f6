namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>CAP messages and feeds in the shapes that the Environment Agency's and the Met Office's have.</summary>
internal static class CapSamples
{
    public const string Polygon = "<polygon>53.04,-3.00 53.04,-2.98 53.06,-2.98 53.06,-3.00 53.04,-3.00</polygon>";

    /// <summary>A flood warning.</summary>
    public static string Alert(
        string identifier = "ea-1", string sent = "2026-01-10T07:50:00+00:00", string msgType = "Alert", string references = "", string status = "Actual", string scope = "Public",
        string happening = "Flood warning", string category = "Met", string urgency = "Immediate", string severity = "Severe", string certainty = "Likely",
        string expires = "2026-01-11T08:00:00+00:00", string onset = "", string headline = "Flood warning for the River Alyn at Rossett", string area = Polygon,
        string sender = "www.gov.uk/environment-agency", string senderName = "Environment Agency", string more = "", string space = "urn:oasis:names:tc:emergency:cap:1.2") => $"""
        <alert xmlns="{space}">
          <identifier>{identifier}</identifier><sender>{sender}</sender><sent>{sent}</sent><status>{status}</status><msgType>{msgType}</msgType><scope>{scope}</scope>
          {(references.Length > 0 ? $"<references>{references}</references>" : "")}
          <info>
            <language>en-GB</language><category>{category}</category><event>{happening}</event>{more}<urgency>{urgency}</urgency><severity>{severity}</severity><certainty>{certainty}</certainty>
            {(onset.Length > 0 ? $"<onset>{onset}</onset>" : "")}<expires>{expires}</expires><senderName>{senderName}</senderName><headline>{headline}</headline>
            <description>River levels are high.</description><web>https://check-for-flooding.example/target-area/1</web>
            <area><areaDesc>River Alyn at Rossett</areaDesc>{area}<geocode><valueName>TargetAreaCode</valueName><value>102FWF</value></geocode></area>
          </info>
        </alert>
        """;

    public static string Cancel(string identifier = "ea-9", string sent = "2026-01-10T07:58:00+00:00", string references = "www.gov.uk/environment-agency,ea-1,2026-01-10T07:50:00+00:00") => $"""
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{identifier}</identifier><sender>www.gov.uk/environment-agency</sender><sent>{sent}</sent>
          <status>Actual</status><msgType>Cancel</msgType><scope>Public</scope><references>{references}</references></alert>
        """;

    /// <summary>Atom with the messages in the entries' content.</summary>
    public static string Embedded(params string[] alerts) => Atom([.. alerts.Select((alert, i) => ($"e{i}", $"<content type=\"text/xml\">{alert}</content>"))]);

    /// <summary>Atom whose entries lead to their messages, as the Environment Agency's.</summary>
    public static string Linked(params string[] paths) =>
        Atom([.. paths.Select((path, i) => ($"e{i}", $"<link rel=\"alternate\" type=\"application/cap+xml\" href=\"{path}\"/>"))]);

    public static string Atom((string Id, string Content)[] entries) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss">
          <id>https://environment.example/cap/flood-alerts.atom</id><title>Flood alerts</title><updated>2026-01-10T07:59:00Z</updated>
          {string.Concat(entries.Select(entry => $"<entry><id>{entry.Id}</id><title>t</title><updated>2026-01-10T07:50:00Z</updated>{entry.Content}</entry>"))}
        </feed>
        """;

    /// <summary>RSS whose items' links say nothing of what they lead to, as the Met Office's.</summary>
    public static string Rss(params string[] links) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:metadata="http://metoffice.example/xml"><channel><title>Warnings</title><link>https://metoffice.example</link>
          {string.Concat(links.Select(link => $"<item><title>Yellow warning of wind</title><link>{link}</link><guid>{link}</guid><pubDate>Sat, 10 Jan 2026 07:00:00 GMT</pubDate></item>"))}
        </channel></rss>
        """;

    /// <summary>A weather warning for a region.</summary>
    public static string Weather(string identifier = "mo-1") => Alert(
        identifier, happening: "Yellow warning of wind", severity: "Moderate", urgency: "Expected", headline: "Yellow warning of wind affecting North West England",
        area: "<polygon>52.5,-4.5 52.5,-2 54.5,-2 54.5,-4.5 52.5,-4.5</polygon>", sender: "metoffice.example", senderName: "Met Office");
}
