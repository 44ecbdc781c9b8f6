using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Incidents;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Cap;

/// <summary>An alert that goes on from that of a merged incident, as receivers see the two.</summary>
public sealed class SupersedingTests
{
    private static readonly XNamespace Cap = CapDocument.Namespace;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static readonly Alert[] Published =
    [
        Entries.Alert("old-p") with { At = Entries.Start },
        Entries.Alert("new-p") with { At = Entries.Start.AddMinutes(1), Incident = "i2" },
        Entries.Alert("new-p", version: 2) with { At = Entries.Start.AddMinutes(2), Incident = "i2", Supersedes = ["old-p"] },
        Entries.Alert("old-p", version: 2, ended: Outcome.Merged) with { At = Entries.Start.AddMinutes(2).AddSeconds(3), SupersededBy = "i2" },
    ];

    [Theory]
    [InlineData("new-p", "old-p-1,2026-01-10T08:01:02-00:00 new-p-1,2026-01-10T08:02:02-00:00")]
    [InlineData("new-p.1", null)]
    [InlineData("old-p", "old-p-1,2026-01-10T08:01:02-00:00")]
    public async Task Get_AfterAMerger_RefersToWhatItTakesThePlaceOfAndToNothingLater(string alert, string? references)
    {
        await using var site = await SiteAsync();
        var address = alert.Split('.') is [var id, var version] ? $"/alerts/{id}.cap?version={version}" : $"/alerts/{alert}.cap";
        var document = XDocument.Parse(await site.Http.GetStringAsync(address));
        var sender = document.Root!.Element(Cap + "sender")!.Value;
        Assert.Equal(references?.Split(' ').Select(reference => $"{sender},{reference}"), document.Root.Element(Cap + "references")?.Value.Split(' '));

        var schema = SharedFiles.Find("conformance/cap12.xsd");
        Assert.SkipWhen(schema is null, "conformance/cap12.xsd is absent");
        var schemas = new XmlSchemaSet();
        schemas.Add(CapDocument.Namespace, XmlReader.Create(schema!));
        document.Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
    }

    [Fact]
    public async Task Feed_AfterAMerger_LinksTheTwo()
    {
        await using var site = await SiteAsync();
        var feed = XDocument.Parse(await site.Http.GetStringAsync("/n/lache/feed.atom")).Root!;
        foreach (var (alert, other) in new[] { ("old-p", "new-p"), ("new-p", "old-p") })
        {
            var entry = feed.Elements(Atom + "entry").Single(entry => entry.Element(Atom + "id")!.Value.EndsWith($"/{alert}", StringComparison.Ordinal));
            var link = Assert.Single(entry.Elements(Atom + "link"), link => (string?)link.Attribute("rel") == "related" && (string?)link.Attribute("type") == "text/html");
            Assert.EndsWith($"/alerts/{other}", (string?)link.Attribute("href"), StringComparison.Ordinal);
        }
    }

    private static async Task<Site> SiteAsync()
    {
        var site = await Site.StartAsync();
        foreach (var alert in Published)
            site.Ledger.Append(Entries.Entry(alert));
        return site;
    }
}
