using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Cap;
using CivicSignals.Incidents;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Cap;

public sealed partial class CapTests
{
    private static readonly XNamespace Cap = CapDocument.Namespace;

    public static TheoryData<Hazard, MsgType, Outcome?, CapStatus> All
    {
        get
        {
            var all = new TheoryData<Hazard, MsgType, Outcome?, CapStatus>();
            foreach (var hazard in Enum.GetValues<Hazard>())
            {
                foreach (var msgType in Enum.GetValues<MsgType>())
                {
                    foreach (var ended in Enum.GetValues<Outcome>().Cast<Outcome?>().Append(null))
                        all.Add(hazard, msgType, ended, (int)hazard % 2 == 0 ? CapStatus.Actual : CapStatus.Exercise);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Write_AnyAlert_IsValidCap(Hazard hazard, MsgType msgType, Outcome? ended, CapStatus status)
    {
        var versions = new[]
        {
            Entries.Alert(hazard: hazard),
            Entries.Alert(version: 2, hazard: hazard, slug: null),
            Entries.Alert(version: 3, hazard: hazard, msgType: msgType, ended: ended, headline: "Fire \u0001 & <b>smoke</b> 🔥"),
        };
        var document = new CapDocument(new CapOptions { Status = status }, new PublicShapes(Site.Map()));
        foreach (var length in new[] { 1, 2, 3 })
            AssertValid(document.Write([.. versions.Take(length)], "https://signals.example/alerts/a1"));
    }

    [Fact]
    public void Write_Update_RefersToEveryEarlierVersionAndTellsTheArea()
    {
        var alert = Write(Entries.Alert(), Entries.Alert(version: 2), Entries.Alert(version: 3));
        Assert.Equal("a1-3", Text(alert, "identifier"));
        Assert.Equal("2026-01-10T08:03:02-00:00", Text(alert, "sent"));
        Assert.Equal(
            "alerts@civic-signals.example,a1-1,2026-01-10T08:01:02-00:00 alerts@civic-signals.example,a1-2,2026-01-10T08:02:02-00:00",
            Text(alert, "references"));
        Assert.Equal("i1", Text(alert, "incidents"));
        var info = alert.Element(Cap + "info")!;
        Assert.Equal("en-GB", Text(info, "language"));
        Assert.Equal("Fire", Text(info, "category"));
        Assert.Equal("Immediate", Text(info, "urgency"));
        var area = info.Element(Cap + "area")!;
        Assert.Equal("Lache", Text(area, "areaDesc"));
        Assert.Equal("53.03,-3 53.03,-2.97 53.07,-2.97 53.07,-3 53.03,-3", Text(area, "polygon"));
        Assert.Null(area.Element(Cap + "circle"));
    }

    [Theory]
    [InlineData("lache", "Lache, within 500 m of 53.050, -2.990")]
    [InlineData(null, "Within 500 m of 53.050, -2.990")]
    public void Write_MoreExactThanTheNeighbourhoodOrOutsideAll_TellsTheCircle(string? slug, string description)
    {
        var area = Write(Entries.Alert(hazard: Hazard.RoadCrash, slug: slug, radiusM: 500)).Element(Cap + "info")!.Element(Cap + "area")!;
        Assert.Equal(description, Text(area, "areaDesc"));
        Assert.Equal("53.05,-2.99 0.5", Text(area, "circle"));
        Assert.Null(area.Element(Cap + "polygon"));
    }

    [Theory]
    [InlineData(MsgType.Update, Outcome.AllClear, "AllClear", "Likely")]
    [InlineData(MsgType.Cancel, Outcome.FalseAlarm, "None", "Unlikely")]
    [InlineData(MsgType.Update, Outcome.Expired, "None", "Likely")]
    [InlineData(MsgType.Cancel, Outcome.Merged, "None", "Likely")]
    public void Write_Ended_SaysHow(MsgType msgType, Outcome ended, string response, string certainty)
    {
        var alert = Write(Entries.Alert(), Entries.Alert(version: 2, msgType: msgType, ended: ended));
        Assert.NotNull(Text(alert, "note"));
        var info = alert.Element(Cap + "info")!;
        Assert.Equal(response, Text(info, "responseType"));
        Assert.Equal("Past", Text(info, "urgency"));
        Assert.Equal(certainty, Text(info, "certainty"));
        Assert.Equal("2026-01-10T09:02:02-00:00", Text(info, "expires"));
    }

    [Fact]
    public void Words_AllHazards_AreWithinCapsAdvice()
    {
        foreach (var hazard in Enum.GetValues<Hazard>())
        {
            var words = HazardWords.All[hazard];
            Assert.InRange(words.Event.Length, 1, 35);
            Assert.InRange(words.Instruction.Length, 40, 400);
            Assert.NotEmpty(words.Categories);
        }
    }

    [Fact]
    public void Shapes_ManyPoints_AreSimplifiedToAClosedRingOfTheSameShape()
    {
        var circle = Enumerable.Range(0, 1000).Select(i => (53 + (0.1 * Math.Sin(i * Math.Tau / 1000)), -3 + (0.1 * Math.Cos(i * Math.Tau / 1000)))).ToList();
        var ring = Assert.Single(new PublicShapes(new NeighbourhoodMap([new("Round", "lache", [circle])])).Of(Entries.Alert(radiusM: 12_000)));
        Assert.Equal(PublicShapes.MostPoints, ring.Count);
        Assert.Equal(ring[0], ring[^1]);
        var area = Math.Abs(ring.Zip(ring.Skip(1), (a, b) => (a.Lon * b.Lat) - (b.Lon * a.Lat)).Sum() / 2);
        Assert.Equal(Math.PI * 0.01, area, 0.0005);
    }

    [Fact]
    public async Task Get_ByVersion_GivesThatVersionAndOnlyPublicOnes()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        site.Ledger.Append(Entries.Entry(Entries.Alert(version: 2)));
        site.Ledger.Append(Entries.Entry(Entries.Alert("secret", audience: Audience.ControlRoom)));
        using var newest = await site.Http.GetAsync("/alerts/a1.cap");
        Assert.Equal("application/cap+xml", newest.Content.Headers.ContentType?.MediaType);
        AssertValid(await newest.Content.ReadAsByteArrayAsync());
        Assert.Contains("<identifier>a1-2<", await newest.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains($"<web>{site.Http.BaseAddress}alerts/a1<", await newest.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("<identifier>a1-1<", await site.Http.GetStringAsync("/alerts/a1.cap?version=1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/alerts/a1.cap?version=3"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("/alerts/a1.cap?version=0"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/alerts/secret.cap"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/alerts/none.cap"));

        async Task<HttpStatusCode> StatusAsync(string path) => (await site.Http.GetAsync(path)).StatusCode;
    }

    private static XElement Write(params Alert[] versions)
    {
        var bytes = new CapDocument(new CapOptions(), new PublicShapes(Site.Map())).Write(versions, "https://signals.example/alerts/a1");
        return XDocument.Load(new MemoryStream(bytes)).Root!;
    }

    private static string? Text(XElement parent, string name) => parent.Element(Cap + name)?.Value;

    // What the schema leaves open (facts of the standard's text and of strict receivers) is asserted besides it.
    private static void AssertValid(byte[] bytes)
    {
        var document = XDocument.Load(new MemoryStream(bytes));
        Assert.Equal(Cap + "alert", document.Root!.Name);
        Assert.Matches(Word(), Text(document.Root, "identifier"));
        var info = document.Root.Element(Cap + "info")!;
        Assert.Equal(3, new HashSet<string?>([Text(info, "headline"), Text(info, "description"), Text(info, "instruction")]).Count);
        Assert.True(string.CompareOrdinal(Text(info, "effective"), Text(info, "expires")) <= 0);

        var schema = SharedFiles.Find("conformance/cap12.xsd");
        Assert.SkipWhen(schema is null, "conformance/cap12.xsd is absent");
        var schemas = new XmlSchemaSet();
        schemas.Add(CapDocument.Namespace, XmlReader.Create(schema!));
        document.Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Word();
}
