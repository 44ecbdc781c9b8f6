using System.Net;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Integration;

/// <summary>The main job: from a device's message to an explained alert.</summary>
[Collection(PlatformCollection.Name)]
public sealed class FireStoryTests
{
    [Fact]
    public async Task Smoke_OfOneAlarm_OpensAnIncidentAndAlertsNobody()
    {
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        var control = await town.ControlRoomAsync();

        await home.SmokeAsync(false);
        await home.SmokeAsync();

        var incident = await control.FirstAsync(e => e.Is("incident"), "the incident");
        Assert.Equal(("Fire", "Open", "homes/gw1/0x00158d0001a20101"), (incident["hazard"], incident["stage"], incident.Body.GetProperty("evidence")[0].GetProperty("source").GetString()));
        Assert.Empty((await town.AskAsync($"/api/incidents/{incident["id"]}")).GetProperty("alerts").EnumerateArray());
        Assert.DoesNotContain(control.Events, e => e.Is("alert"));
    }

    [Theory]
    [InlineData("fire.heat", "heat")]
    [InlineData("gas.co", "carbon monoxide")]
    public async Task Smoke_AndAnotherKindInTheSameHome_AlertsTheControlRoomWithBothReasons(string kind, string reason)
    {
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        var control = await town.ControlRoomAsync();
        var residents = await town.PublicAsync();

        await home.SmokeAsync();
        await (kind == "fire.heat" ? home.HeatAsync() : home.CarbonMonoxideAsync());

        var alert = await control.FirstAsync(e => e.Is("alert", "Alert", "ControlRoom"), "the control room's alert");
        Assert.True(alert.Body.GetProperty("confirmed").GetBoolean());
        Assert.Equal("two-kinds", alert.Body.GetProperty("confirmation").GetProperty("rule").GetString());
        var reasons = alert.Body.GetProperty("reasons").ToString();
        Assert.Contains("smoke", reasons, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(reason, reasons, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(residents.Events);
    }

    // Of both kinds in every run, so that a cluster is never long without it.
    [Theory]
    [InlineData(TownKind.Embedded)]
    [InlineData(TownKind.Clustered)]
    public async Task Fire_FromTheNextHouseToTheAllClear_IsOneAlertThatGrowsGoesPublicAndEnds(TownKind kind)
    {
        await using var town = await Town.StartAsync(kind);
        var (home, next) = (await town.GatewayAsync("gw1"), await town.GatewayAsync("gw2"));
        var control = await town.ControlRoomAsync();
        var residents = await town.PublicAsync($"?neighbourhood={TownPlan.Slug}");
        var elsewhere = await town.PublicAsync("?neighbourhood=far-side");
        await home.SmokeAsync();
        await home.HeatAsync();
        var first = await control.FirstAsync(e => e.Is("alert", "Alert", "ControlRoom"), "the control room's alert");

        await next.SmokeAsync();
        var update = await control.FirstAsync(e => e.Is("alert", "Update", "ControlRoom"), "the update by the next house");
        Assert.Equal((first["id"], "2", first["incident"]), (update["id"], update["version"], update["incident"]));
        Assert.True(update.Belief > first.Belief, $"{update.Belief} after {first.Belief}");

        Assert.Empty(residents.Events);
        await town.ActAsync(first["incident"]!, "confirm");
        var told = await residents.FirstAsync(e => e.Is("alert", "Alert", "Public"), "the public alert by the operator");
        Assert.Equal("Observed", told["certainty"]);
        await AssertTellsTheNeighbourhoodOnly(town, told);

        await town.ActAsync(first["incident"]!, "all-clear");
        var over = await residents.FirstAsync(e => e.Is("alert", "Update", "Public") && e["ended"] == "AllClear", "the public all clear");
        Assert.Equal(told["id"], over["id"]);
        Assert.Contains("clear", over["headline"], StringComparison.OrdinalIgnoreCase);
        var ended = await control.FirstAsync(e => e.Is("alert", "Update", "ControlRoom") && e["ended"] == "AllClear", "the control room's all clear");
        Assert.Equal(first["id"], ended["id"]);
        Assert.Empty(elsewhere.Events);
    }

    [Fact]
    public async Task Fire_Confirmed_IsAValidCapFile()
    {
        var schema = SharedFiles.Find("conformance/cap12.xsd");
        Assert.SkipWhen(schema is null, "conformance/cap12.xsd is absent");
        var schemas = new XmlSchemaSet();
        using var reader = XmlReader.Create(schema);
        schemas.Add("urn:oasis:names:tc:emergency:cap:1.2", reader);
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        var control = await town.ControlRoomAsync();
        await home.SmokeAsync();
        await town.ActAsync((await control.FirstAsync(e => e.Is("incident"), "the incident"))["id"]!, "confirm");
        var told = await control.FirstAsync(e => e.Is("alert", "Alert", "Public"), "the public alert");

        using var answer = await town.Http.GetAsync($"/alerts/{told["id"]}.cap");

        Assert.Equal("application/cap+xml", answer.Content.Headers.ContentType!.MediaType);
        XDocument.Parse(await answer.Content.ReadAsStringAsync()).Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
    }

    [Fact]
    public async Task Fire_FalseAlarm_IsCancelled()
    {
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw3");
        var control = await town.ControlRoomAsync();
        await home.SmokeAsync();
        await home.HeatAsync();
        var alert = await control.FirstAsync(e => e.Is("alert", "Alert", "ControlRoom"), "the control room's alert");
        await town.ActAsync(alert["incident"]!, "confirm");

        await town.ActAsync(alert["incident"]!, "false-alarm");

        var cancel = await control.FirstAsync(e => e.Is("alert", "Cancel", "ControlRoom"), "the control room's cancel");
        Assert.Equal((alert["id"], "FalseAlarm"), (cancel["id"], cancel["ended"]));
        await control.FirstAsync(e => e.Is("alert", "Cancel", "Public"), "the public cancel");
    }

    [Fact]
    public async Task Repeats_RestartsOfTheGatewayTestsAndTampering_ChangeNothing()
    {
        await using var town = await Town.StartAsync();
        var (home, next) = (await town.GatewayAsync("gw1"), await town.GatewayAsync("gw3"));
        await home.SmokeAsync(false);
        await next.SmokeAsync(false);
        await home.SmokeAsync();
        await home.HeatAsync();
        var head = town.Ledger.Head();

        await home.SmokeAsync();
        await home.HeatAsync();
        await home.SmokeAsync(retain: true);
        await home.RestartAsync(true, ("hall smoke", Zigbee2Mqtt.SmokeState(true)), ("kitchen heat", Zigbee2Mqtt.HeatState(true)));
        await home.RestartAsync(false, ("hall smoke", Zigbee2Mqtt.SmokeState(true)), ("kitchen heat", Zigbee2Mqtt.HeatState(true)));
        await next.SayAsync("hall smoke", Zigbee2Mqtt.SmokeState(true, test: true));
        await next.SayAsync("hall smoke", Zigbee2Mqtt.SmokeState(false, tamper: true));

        Assert.Equal(head, town.Ledger.Head());
        Assert.Equal(1, (await town.AskAsync("/api/incidents")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_OfAGatewayWhoseAlarmHasLongBeenOn_RaisesNothing(bool retain)
    {
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        await home.SayAsync("kitchen heat", Zigbee2Mqtt.HeatState(false));

        await home.RestartAsync(retain, ("hall smoke", Zigbee2Mqtt.SmokeState(true)));

        Assert.Equal(0, town.Ledger.Head());
    }

    private static async Task AssertTellsTheNeighbourhoodOnly(Town town, ServerEvent told)
    {
        Assert.Equal((TownPlan.Neighbourhood, TownPlan.Slug), (told["neighbourhood"], told["neighbourhoodSlug"]));
        var id = told["id"]!;
        var cap = await town.Http.GetStringAsync($"/alerts/{id}.cap");
        var feed = await town.Http.GetStringAsync($"/n/{TownPlan.Slug}/feed.atom");
        string[] everything =
        [
            told.Text,
            cap,
            feed,
            await town.Http.GetStringAsync("/"),
            await town.Http.GetStringAsync($"/n/{TownPlan.Slug}"),
            await town.Http.GetStringAsync($"/alerts/{id}"),
            await town.Http.GetStringAsync("/api/alerts.geojson"),
        ];
        Assert.All(everything, text =>
        {
            Assert.Contains(TownPlan.Neighbourhood, text, StringComparison.Ordinal);
            Assert.All(["gw1", "gw2", "premises", "53.0466", "53.0467", "2.9925", "2.9923", "0x00158d"], secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        });
        Assert.Contains(told["headline"]!, WebUtility.HtmlDecode(everything[4]), StringComparison.Ordinal);
        Assert.Contains(
            XDocument.Parse(feed).Descendants(XName.Get("entry", "http://www.w3.org/2005/Atom")),
            entry => entry.ToString().Contains($"/alerts/{id}.cap", StringComparison.Ordinal));
        Assert.Contains(
            JsonDocument.Parse(everything[6]).RootElement.GetProperty("features").EnumerateArray(),
            feature => feature.GetProperty("properties").ToString().Contains(id, StringComparison.Ordinal));
    }
}
