using System.Xml.Linq;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>
/// The entries of an Atom or RSS feed with their CAP messages, embedded or fetched by their links. A message never changes, so one that
/// was fetched is not fetched again while its entry stays as it is. A body that is a CAP message itself is one entry.
/// </summary>
internal sealed class CapEntries(FeedOptions feed, FeedClient client)
{
    private const int MostEntries = 1000;

    /// <summary>More are left for the next polls.</summary>
    private const int MostFetches = 200;

    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string CapType = "application/cap+xml";

    private static readonly string[] Stamps = ["updated", "pubDate", "modified"];

    private readonly FeedAddress _addresses = new(feed);
    private Dictionary<string, CapReading?> _fetched = [];

    /// <summary>Null when the body is no feed; then why.</summary>
    public async Task<(IReadOnlyList<CapEntry>? Entries, string Reason, string Detail)> ReadAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (FeedXml.Parse(body, out var reason, out var detail) is not { } root)
            return (null, reason, detail);
        if (CapReader.IsAlert(root))
            return ([new CapEntry { Reading = CapReader.Read(root) }], "", "");
        if (Entries(root) is not { } entries)
            return (null, Reasons.BadShape, "neither Atom nor RSS nor CAP");
        if (entries.Count > MostEntries)
            return (null, Reasons.TooMany, $"more than {MostEntries} entries");

        var read = new List<CapEntry>(entries.Count);
        var fetched = new Dictionary<string, CapReading?>();
        foreach (var entry in entries)
            read.Add(await ReadAsync(entry, fetched, cancellation));
        _fetched = fetched;
        return (read, "", "");
    }

    private static List<XElement>? Entries(XElement root) => root.Name.LocalName switch
    {
        "feed" when root.Name.NamespaceName == Atom => [.. root.Elements(root.Name.Namespace + "entry").Take(MostEntries + 1)],
        "rss" => [.. root.Elements("channel").Elements("item").Take(MostEntries + 1)],
        _ => null,
    };

    private async Task<CapEntry> ReadAsync(XElement entry, Dictionary<string, CapReading?> fetched, CancellationToken cancellation)
    {
        var page = Page(entry);
        if (entry.Descendants().FirstOrDefault(CapReader.IsAlert) is { } embedded)
            return new CapEntry { Reading = CapReader.Read(embedded), Page = page, Areas = CapShapes.OfEntry(entry) };
        if (Link(entry) is not { } link)
            return new CapEntry { Plain = true };
        if (!Uri.TryCreate(feed.Address, link, out var address) || !_addresses.MayHoldCap(address))
            return new CapEntry { Reading = CapReading.Reject(Reasons.ForeignIdentity, "its CAP file is on a host that is not listed") };

        var key = $"{address.AbsoluteUri} {entry.Elements().FirstOrDefault(child => Stamps.Contains(child.Name.LocalName))?.Value}";
        if (!fetched.TryGetValue(key, out var reading) && !_fetched.TryGetValue(key, out reading))
        {
            if (fetched.Count(other => !_fetched.ContainsKey(other.Key)) >= MostFetches || await FetchAsync(address, cancellation) is not { } fresh)
                return new CapEntry { Missing = true };
            reading = fresh.Message is null && fresh.Reason is null ? null : fresh;
        }

        fetched[key] = reading;
        return reading is { } known ? new CapEntry { Reading = known, Page = page, Areas = CapShapes.OfEntry(entry) } : new CapEntry { Plain = true };
    }

    /// <summary>Null: not now. An empty reading: a page for people.</summary>
    private async Task<CapReading?> FetchAsync(Uri address, CancellationToken cancellation)
    {
        var answer = await client.GetAsync(feed, address, null, cancellation);
        if (answer.TooLarge)
            return CapReading.Reject(Reasons.TooLarge, $"more than {FeedClient.MaxBytes} bytes");
        if (answer.Failure is not null)
            return null;
        if (answer.MediaType is "text/html" or "application/xhtml+xml")
            return default(CapReading);
        if (FeedXml.Parse(answer.Body, out var reason, out var detail) is not { } root)
            return CapReading.Reject(reason, detail);
        return CapReader.IsAlert(root) ? CapReader.Read(root) : CapReading.Reject(Reasons.BadShape, "not CAP");
    }

    /// <summary>Where its CAP file is: a link that says so, or in RSS, whose links say nothing, its link.</summary>
    private static string? Link(XElement entry)
    {
        var typed = entry.Elements().FirstOrDefault(child => child.Name.LocalName is "link" or "enclosure" or "content"
            && child.Attribute("type")?.Value.Trim().StartsWith(CapType, StringComparison.OrdinalIgnoreCase) == true);
        var address = (typed?.Attribute("href") ?? typed?.Attribute("url") ?? typed?.Attribute("src"))?.Value;
        return address ?? (entry.Name.LocalName == "item" ? entry.Element("link")?.Value.Trim() is { Length: > 0 } link ? link : null : null);
    }

    private static string? Page(XElement entry) => entry.Name.LocalName == "item"
        ? entry.Element("link")?.Value.Trim()
        : entry.Elements(entry.Name.Namespace + "link").FirstOrDefault(link =>
            link.Attribute("rel")?.Value is null or "alternate" && link.Attribute("type")?.Value is null or "text/html")?.Attribute("href")?.Value;
}
