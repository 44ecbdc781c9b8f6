using System.Xml.Linq;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>
/// Reads a CAP 1.2 alert (OASIS Standard, 1 July 2010), or one of 1.1. Order and what does not matter here is not checked: the standard's
/// own schema lets wrong shapes and times through and refuses times that everybody writes.
/// </summary>
internal static class CapReader
{
    private const int MaxIdLength = 300;
    private const int MostInfos = 50;
    private const int MostReferences = 500;

    private static readonly string[] Namespaces = ["urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1"];

    public static bool IsAlert(XElement element) => element.Name.LocalName == "alert" && Namespaces.Contains(element.Name.NamespaceName);

    /// <summary>Reads an element for which <see cref="IsAlert"/> holds.</summary>
    public static CapReading Read(XElement alert)
    {
        var (identifier, sender, sent) = (Text(alert, "identifier"), Text(alert, "sender"), FeedTime.Read(Text(alert, "sent")));
        if (identifier.Length is 0 or > MaxIdLength || sender.Length is 0 or > MaxIdLength)
            return CapReading.Reject(Reasons.BadShape, "identifier or sender is missing or too long");
        if (sent is null)
            return CapReading.Reject(Reasons.BadTime, "sent is no time with a zone");
        var infos = Children(alert, "info").Take(MostInfos + 1).ToList();
        if (infos.Count > MostInfos)
            return CapReading.Reject(Reasons.TooMany, $"more than {MostInfos} infos");
        var info = infos.Find(info => Text(info, "language").StartsWith("en", StringComparison.OrdinalIgnoreCase))
            ?? infos.Find(info => Text(info, "language").Length == 0) ?? infos.FirstOrDefault();
        CapInfo? said = null;
        if (info is not null)
        {
            if (CapShapes.Read(Children(info, "area"), out var reason) is not { } areas)
                return CapReading.Reject(reason, "a polygon or circle that is none, or too many");
            said = Info(info, areas);
        }

        return new CapReading(new CapMessage
        {
            Identifier = identifier,
            Sender = sender,
            Sent = sent.Value,
            Status = Text(alert, "status"),
            MsgType = Text(alert, "msgType"),
            Scope = Text(alert, "scope"),
            References = References(Text(alert, "references")),
            Info = said,
            Bytes = alert.DescendantNodes().Sum(node => node is XText text ? text.Value.Length : 16),
        });
    }

    public static string Text(XElement element, string name) => Children(element, name).FirstOrDefault()?.Value.Trim() ?? "";

    public static IEnumerable<XElement> Children(XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name && child.Name.Namespace == element.Name.Namespace);

    private static CapInfo Info(XElement info, IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> areas) => new()
    {
        Event = Text(info, "event"),
        Categories = [.. Children(info, "category").Select(category => category.Value.Trim()).Take(20)],
        ResponseTypes = [.. Children(info, "responseType").Select(type => type.Value.Trim()).Take(20)],
        Urgency = Text(info, "urgency"),
        Severity = Text(info, "severity"),
        Certainty = Text(info, "certainty"),
        Onset = FeedTime.Read(Text(info, "onset")) ?? FeedTime.Read(Text(info, "effective")),
        Expires = FeedTime.Read(Text(info, "expires")),
        SenderName = Text(info, "senderName"),
        Headline = Text(info, "headline"),
        Web = Text(info, "web"),
        AreaDescriptions = [.. Children(info, "area").Select(area => Text(area, "areaDesc")).Where(text => text.Length > 0).Take(50)],
        Areas = areas,
    };

    /// <summary>Triples that cannot be read name nothing.</summary>
    private static CapReference[] References(string text) =>
    [
        .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostReferences)
            .Select(triple => triple.Split(','))
            .Where(parts => parts.Length >= 3)
            .Select(parts => (Parts: parts, Sent: FeedTime.Read(parts[^1])))
            .Where(reference => reference.Sent is not null)
            .Select(reference => new CapReference(reference.Parts[0], string.Join(',', reference.Parts[1..^1]), reference.Sent!.Value))
            .OrderBy(reference => reference.Sent),
    ];
}
