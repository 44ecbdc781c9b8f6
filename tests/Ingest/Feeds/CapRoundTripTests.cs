using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>What one platform writes, another reads.</summary>
public sealed class CapRoundTripTests
{
    [Theory]
    [InlineData(Hazard.Fire, "official.fire")]
    [InlineData(Hazard.Gas, "official.gas")]
    [InlineData(Hazard.CarbonMonoxide, "-")]
    [InlineData(Hazard.Flood, "official.flood")]
    [InlineData(Hazard.Intrusion, "-")]
    [InlineData(Hazard.Medical, "-")]
    [InlineData(Hazard.PersonalAttack, "-")]
    [InlineData(Hazard.RoadCrash, "official.crash")]
    [InlineData(Hazard.RoadHazard, "official.road-hazard")]
    [InlineData(Hazard.Disorder, "official.disorder")]
    public async Task Read_OurOwnCap_IsWhatWasMeantUntilItEnds(Hazard hazard, string says)
    {
        await using var bench = await FeedBench.StartAsync();
        bench.Ingest.Time.Advance(TimeSpan.FromMinutes(10));
        var format = bench.Format(bench.Server.Feed("cap"));
        var document = new CapDocument(new CapOptions { Sender = "alerts@next-town.example", SenderName = "Next Town" }, new PublicShapes(Site.Map()));
        var alert = Entries.Alert(hazard: hazard, radiusM: 400, headline: "Something in Lache");
        var ended = Entries.Alert(version: 2, hazard: hazard, ended: Outcome.AllClear, radiusM: 400);

        Assert.Equal(says, await SaysAsync(document.Write([alert], "https://next.example/alerts/a1")));
        var notice = Assert.Single(bench.Notices.All);
        Assert.Equal(("Next Town", "Something in Lache", null), (notice.Issuer, notice.Headline, notice.EndedAt));
        Assert.Equal("-", await SaysAsync(document.Write([alert, ended], "https://next.example/alerts/a1")));
        Assert.NotNull(Assert.Single(bench.Notices.All).EndedAt);

        async Task<string> SaysAsync(byte[] body) => FeedBench.Short(await format.ReadAsync(body, bench.Ingest.Time.GetUtcNow(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Samples_BySchema_AreValidCap()
    {
        var path = Shared.File("conformance/cap12.xsd");
        var schemas = new XmlSchemaSet();
        using var schema = XmlReader.Create(path);
        schemas.Add(CapDocument.Namespace, schema);
        foreach (var sample in new[] { CapSamples.Alert(), CapSamples.Weather(), CapSamples.Cancel(), CapSamples.Alert(references: "a,b,2026-01-10T07:50:00+00:00", msgType: "Update", more: "<responseType>AllClear</responseType>") })
            XDocument.Parse(sample).Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
    }
}
