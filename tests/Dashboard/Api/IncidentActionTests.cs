using System.Net;
using System.Net.Http.Json;
using System.Text;
using CivicSignals.Dashboard.Access;
using CivicSignals.Incidents;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Api;

public sealed class IncidentActionTests
{
    private const string Path = "/api/incidents/i1/actions";

    [Fact]
    public async Task Act_WithToken_ReachesTheOwningAreaInTheTokensName()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Incident());
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.PostAsJsonAsync(Path, new { action = "false-alarm", note = "burnt toast" });
        Assert.Equal("""{"result":"done"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal((Entries.Area, new OperatorAction("i1", ActionVerb.FalseAlarm, "robot", "burnt toast")), Assert.Single(site.Areas.Acts));
    }

    [Theory]
    [InlineData(ActionResult.Done, HttpStatusCode.OK)]
    [InlineData(ActionResult.Unchanged, HttpStatusCode.OK)]
    [InlineData(ActionResult.Closed, HttpStatusCode.Conflict)]
    [InlineData(ActionResult.NotFound, HttpStatusCode.NotFound)]
    public async Task Act_ByTheAreasAnswer_HasItsStatus(ActionResult answer, HttpStatusCode status)
    {
        await using var site = await Site.StartAsync(site => site.Areas.Answer = answer);
        site.Ledger.Append(Entries.Incident());
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.PostAsJsonAsync(Path, new { action = "confirm" });
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"action":"explode"}""", "application/json")]
    [InlineData("""{"note":"no action"}""", "application/json")]
    [InlineData("""{"action":7}""", "application/json")]
    [InlineData("""["confirm"]""", "application/json")]
    [InlineData("""{"action":"confirm" """, "application/json")]
    [InlineData("""{"action":"confirm"}""", "text/plain")]
    [InlineData("", "application/json")]
    public async Task Act_WrongBody_IsRefusedAndNothingHappens(string body, string type)
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Incident());
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.PostAsync(Path, new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(site.Areas.Acts);
    }

    [Theory]
    [InlineData(1000, HttpStatusCode.OK)]
    [InlineData(1001, HttpStatusCode.BadRequest)]
    [InlineData(20_000, HttpStatusCode.BadRequest)]
    public async Task Act_LongNote_IsTakenUpToItsLimit(int length, HttpStatusCode status)
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Incident());
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.PostAsJsonAsync(Path, new { action = "confirm", note = new string('x', length) });
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Act_UnknownIncident_IsNotFound()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.PostAsJsonAsync(Path, new { action = "confirm" });
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Act_WithCookie_NeedsTheFormToken()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Incident());
        using var browser = site.Browser();
        await Site.SignInAsync(browser, "ann", Site.Password);

        using var without = await browser.PostAsJsonAsync(Path, new { action = "confirm" });
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Empty(site.Areas.Acts);

        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { action = "confirm" }) };
        request.Headers.Add("RequestVerificationToken", await Site.FormTokenAsync(browser));
        using var with = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        Assert.Equal("ann", Assert.Single(site.Areas.Acts).Action.User);
    }
}
