using System.Net;
using System.Xml.Linq;

namespace CivicSignals.Tests.Integration;

/// <summary>Vehicles share what they sense with the public, with nobody in between.</summary>
[Collection(PlatformCollection.Name)]
public sealed class RoadStoryTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private const double Lat = 53.0551;
    private const double Lon = -2.9812;

    [Fact]
    public async Task Accident_OfTwoVehicles_IsOnePublicAlertThatAThirdStrengthensAndTheirEndEnds()
    {
        await using var town = await Town.StartAsync();
        var first = await town.VehicleAsync("car1", 101);
        var second = await town.VehicleAsync("car2", 102);
        var third = await town.VehicleAsync("car3", 103);
        var control = await town.ControlRoomAsync();
        var residents = await town.PublicAsync();

        await first.AccidentAsync(Lat, Lon);
        Assert.DoesNotContain(town.Ledger.Read(3), alert => alert.Body.GetProperty("audience").GetString() == "Public");
        await second.AccidentAsync(Lat + 0.0003, Lon);
        var alert = await residents.FirstAsync(e => e.Is("alert", "Alert", "Public"), "the public alert");
        Assert.Equal("RoadCrash", alert["hazard"]);
        await AssertShownAsync(town, alert);

        await third.AccidentAsync(Lat, Lon + 0.0003);
        var stronger = await control.FirstAsync(e => e.Is("incident") && e.Body.GetProperty("evidence").GetArrayLength() == 3, "the third vehicle's evidence");
        Assert.Equal(alert["incident"], stronger["id"]);
        Assert.True(stronger.Belief > alert.Belief, $"{stronger.Belief} after {alert.Belief}");

        var updated = await residents.FirstAsync(e => e.Is("alert", "Update", "Public"), "the public update");
        Assert.Equal(alert["id"], updated["id"]);
        await AssertShownAsync(town, updated);

        await first.AccidentAsync(Lat, Lon, ends: true);
        await second.AccidentAsync(Lat + 0.0003, Lon, ends: true);
        await third.AccidentAsync(Lat, Lon + 0.0003, ends: true);
        var over = await residents.FirstAsync(e => e["ended"] == "AllClear", "the public end");
        Assert.Equal(alert["id"], over["id"]);
        Assert.All(residents.Events, e => Assert.Equal(alert["id"], e["id"]));
        await AssertShownAsync(town, over);
        Assert.Equal("Closed", (await town.AskAsync($"/api/incidents/{alert["incident"]}")).GetProperty("stage").GetString());
    }

    /// <summary>The neighbourhood's page, the alert's and the feed say it in these words, and the feed has one entry for all versions.</summary>
    private static async Task AssertShownAsync(Town town, ServerEvent told)
    {
        var feed = XDocument.Parse(await town.Http.GetStringAsync($"/n/{told["neighbourhoodSlug"]}/feed.atom"));
        var entry = Assert.Single(feed.Descendants(Atom + "entry"));
        Assert.EndsWith($"alerts/{told["id"]}", entry.Element(Atom + "id")!.Value, StringComparison.Ordinal);
        Assert.Equal(told["headline"], entry.Element(Atom + "title")!.Value);
        foreach (var page in (string[])[$"/n/{told["neighbourhoodSlug"]}", $"/alerts/{told["id"]}"])
            Assert.Contains(told["headline"]!, WebUtility.HtmlDecode(await town.Http.GetStringAsync(page)), StringComparison.Ordinal);
        var cap = await town.Http.GetStringAsync($"/alerts/{told["id"]}.cap");
        Assert.Contains("<value>c</value>", cap, StringComparison.Ordinal); // SRTI: an unprotected accident.
    }
}
