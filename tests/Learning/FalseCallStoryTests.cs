using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CivicSignals.Areas;
using CivicSignals.Dashboard.Access;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace CivicSignals.Tests.Learning;

/// <summary>Three false calls of one home through the whole platform: grains, SQLite, pages and API.</summary>
public sealed class FalseCallStoryTests : IAsyncLifetime
{
    private const double Lat = 53.0466;
    private const double Lon = -2.9925;
    private static readonly string Area = Quadkey.At(Lat, Lon, Quadkey.DefaultZoom);

    private RunningPlatform _platform = null!;
    private NewHome _home = null!;

    private IServiceProvider Services => _platform.App.Services;

    private string Premises => _home.Home.Premises!;

    public async ValueTask InitializeAsync()
    {
        _platform = await RunningPlatform.StartAsync();
        _home = await Services.GetRequiredService<IHomes>().SignUpAsync(new HomeDraft(new Place(Lat, Lon, 15), "dwelling", Consents.Police), default);
        for (var i = 0; i < 3; i++)
            await FalseCallAsync(i);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task ControlRoom_ReadsWhereThePremisesStandAndRestoresThemFromThePage()
    {
        using var http = As(Roles.ControlRoom);
        var list = await http.GetFromJsonAsync<JsonElement>("/api/false-calls");
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal((Premises, "Withdrawn", 3), (item.GetProperty("premises").GetString(), item.GetProperty("step").GetString(), item.GetProperty("calls").GetInt32()));

        var kept = await AlarmAsync("kept", isFalse: false);
        Assert.Contains("Not sent to police unless it is confirmed", await PageAsync(http, $"/control/incidents/{kept}"), StringComparison.Ordinal);
        Assert.Contains("kept back", await PageAsync(http, "/control"), StringComparison.Ordinal);

        var page = await PageAsync(http, "/control/false-calls");
        Assert.Contains("3 false calls in 12 months: police response to unconfirmed alarms is withdrawn", page, StringComparison.Ordinal);
        using var restored = await PostAsync(http, page, new() { ["premises"] = Premises, ["hazard"] = "Intrusion", ["service"] = "police", ["note"] = "new panel" });
        Assert.Equal("/control/false-calls?did=restored", restored.Headers.Location?.OriginalString);

        Assert.Contains("No false calls count now", await PageAsync(http, "/control/false-calls?did=restored"), StringComparison.Ordinal);
        var incident = await http.GetFromJsonAsync<JsonElement>($"/api/incidents/{kept}");
        Assert.Equal("ControlRoom", Assert.Single(incident.GetProperty("alerts").EnumerateArray()).GetProperty("audience").GetString());
        Assert.False(incident.TryGetProperty("withheld", out _));
        using var again = await http.PostAsJsonAsync($"/api/false-calls/{Premises}/restore", new { hazard = "Intrusion", service = "police" });
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Restore_ByApi_AnswersAndIsInTheLedger()
    {
        using var http = As(Roles.ControlRoom);
        using var wrong = await http.PostAsJsonAsync($"/api/false-calls/{Premises}/restore", new { hazard = "Nothing", service = "police" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var done = await http.PostAsJsonAsync($"/api/false-calls/{Premises}/restore", new { hazard = "Intrusion", service = "police", note = "new panel" });
        Assert.Equal("""{"result":"done"}""", await done.Content.ReadAsStringAsync());

        var entries = await Services.GetRequiredService<ILedgerReader>().ReadAsync(0, TailScope.Everything, 1000, default);
        var steps = entries.Where(entry => entry.Type == EntryType.Action).Select(entry => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.ActionLine)!).ToList();
        Assert.Equal(["false-call-warning", "response-withdrawn", "response-restored"], steps.Select(step => step.Action).Where(action => action != "false-alarm"));
        Assert.Equal("robot", steps[^1].User);
    }

    [Fact]
    public async Task Household_SeesItOnItsPageInItsExportAndErasesIt()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _platform.Http.BaseAddress };
        using var signIn = await browser.PostAsJsonAsync("/api/home/sign-in", new { gateway = _home.Home.Gateway, key = _home.ResidentKey });
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);
        Assert.Contains("police response to unconfirmed alarms is withdrawn", await PageAsync(browser, "/home"), StringComparison.Ordinal);
        Assert.Single((await browser.GetFromJsonAsync<JsonElement>("/api/home/false-calls")).GetProperty("items").EnumerateArray());
        var learnt = (await browser.GetFromJsonAsync<JsonElement>("/api/home/export")).GetProperty("learnt");
        Assert.Equal([1, 1, 1], learnt.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("wrong").GetInt32()));
        Assert.Equal(3, learnt.GetProperty("falseCalls")[0].GetProperty("calls").GetArrayLength());

        await Services.GetRequiredService<IHomes>().EraseAsync(_home.Home.Gateway, default);

        Assert.Empty(await Services.GetRequiredService<IFalseCalls>().ListAsync(10, default));
        var state = await Services.GetRequiredService<ILedger>().LoadAsync(Area, default);
        Assert.DoesNotContain(Premises, Encoding.UTF8.GetString(state!.State.Span), StringComparison.Ordinal);
        var lines = await Services.GetRequiredService<ILedgerReader>().ReadAsync(0, TailScope.Everything, 1000, default);
        Assert.All(lines, entry => Assert.DoesNotContain(Premises, Encoding.UTF8.GetString(entry.Body.Span), StringComparison.Ordinal));
    }

    private HttpClient As(string role)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = _platform.Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Services.GetRequiredService<AccessTokens>().Issue("robot", [role]));
        return client;
    }

    private static async Task<string> PageAsync(HttpClient http, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await http.SendAsync(request);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode} {page}");
        return page;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string page, Dictionary<string, string> form)
    {
        form["__RequestVerificationToken"] = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        return await http.PostAsync("/control/false-calls/restore", new FormUrlEncodedContent(form));
    }

    private async Task FalseCallAsync(int call) => await AlarmAsync($"panel-{call}", isFalse: true);

    /// <summary>An intruder alarm of the home; its incident, found false where asked for.</summary>
    private async Task<string> AlarmAsync(string device, bool isFalse)
    {
        var area = Services.GetRequiredService<IGrainFactory>().GetGrain<IAreaGrain>(Area);
        var now = DateTimeOffset.UtcNow;
        Signal signal = new()
        {
            Source = $"homes/{_home.Home.Gateway}/{device}",
            Kind = "intrusion.alarm",
            Active = true,
            Place = new Place(Lat, Lon, 15),
            ObservedAt = now,
            ReceivedAt = now,
            Premises = Premises,
            Consents = Consents.Police,
        };
        await area.OfferAsync(new Immutable<Signal[]>([signal]), true, default);
        var open = await Services.GetRequiredService<ILedgerReader>().IncidentsAsync(new IncidentQuery(Open: true), default);
        var incident = Assert.Single(open).Incident;
        if (isFalse)
            await area.ActAsync(new OperatorAction(incident, ActionVerb.FalseAlarm, "a.morgan"), default);
        return incident;
    }
}
