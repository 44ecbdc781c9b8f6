using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Homes;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;
using CivicSignals.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Dashboard.Api;

public sealed class HomeApiTests : IAsyncLifetime
{
    private const string Csv = """
        gateway,secret,lat,lon,consents
        gw1,own,53.0466,-2.9925,fire public
        gw2,,53.05,-2.99,
        gw3,,,,
        gw/4,,53,-3,
        gw5,,97,-3,
        gw1,,53,-3,
        """;

    private static readonly string[] FireOnly = ["fire"];
    private static readonly string[] FireAndPrevention = ["fire", "prevention"];

    private Site _site = null!;

    private IHomes Homes => _site.Services.GetRequiredService<IHomes>();

    public async ValueTask InitializeAsync() => _site = await Site.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Import_MixedLines_ReportsEachAndShowsMissingSecretsOnce()
    {
        using var operators = _site.WithToken(Roles.Operator);
        var report = await PostCsvAsync(operators, Csv);

        var lines = report.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(["Added", "Added", "AddedUnclaimed", "Refused", "Refused", "Refused"], lines.Select(line => line.GetProperty("result").GetString()));
        Assert.Equal([2, 3, 4, 5, 6, 7], lines.Select(line => line.GetProperty("number").GetInt32()));
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("mqttSecret").ValueKind);
        Assert.Equal(32, lines[1].GetProperty("mqttSecret").GetString()!.Length);
        Assert.Equal(32, lines[2].GetProperty("claimSecret").GetString()!.Length);
        Assert.Contains("out of range", lines[4].GetProperty("problem").GetString(), StringComparison.Ordinal);
        var again = await PostCsvAsync(operators, Csv);
        Assert.Equal("Left", again.GetProperty("lines")[0].GetProperty("result").GetString());

        var list = await operators.GetFromJsonAsync<JsonElement>("/api/homes?claimed=true");
        Assert.Equal(["gw1", "gw2"], list.EnumerateArray().Select(home => home.GetProperty("gateway").GetString()));
        Assert.Equal(["fire", "public"], list[0].GetProperty("consents").EnumerateArray().Select(consent => consent.GetString()));
    }

    [Theory]
    [InlineData("text/csv", "lat,lon\n1,2")]
    [InlineData("application/json", "{\"premises\":7}")]
    [InlineData("application/json", "[")]
    [InlineData("text/plain", "gateway\ngw1")]
    public async Task Import_Unreadable_IsRefusedAsAWhole(string type, string body)
    {
        using var operators = _site.WithToken(Roles.Operator);
        using var answer = await operators.PostAsync("/api/homes/import", new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "/api/homes", 401, 403, 200)]
    [InlineData("GET", "/api/homes/gw1", 401, 403, 200)]
    [InlineData("GET", "/api/homes/gw1/export", 401, 403, 200)]
    [InlineData("GET", "/api/homes/nobody", 401, 403, 404)]
    [InlineData("GET", "/api/homes/strangers", 401, 403, 200)]
    [InlineData("DELETE", "/api/homes/gw1/credentials", 401, 403, 204)]
    [InlineData("DELETE", "/api/homes/gw1", 401, 403, 200)]
    [InlineData("GET", "/api/home", 401, 401, 401)]
    public async Task Endpoint_ByRole_LetsOnlyOperatorsIn(string method, string path, int anonymous, int controlRoom, int operators)
    {
        await Homes.ImportAsync("gw1");
        Assert.Equal(anonymous, await StatusAsync(_site.Browser()));
        Assert.Equal(controlRoom, await StatusAsync(_site.WithToken(Roles.ControlRoom)));
        Assert.Equal(operators, await StatusAsync(_site.WithToken(Roles.Operator)));

        async Task<int> StatusAsync(HttpClient client)
        {
            using (client)
            using (var request = new HttpRequestMessage(new HttpMethod(method), path))
            using (var response = await client.SendAsync(request))
                return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task SignUp_Then_TheHomesPeopleSeeAndChangeTheirHomeOnly()
    {
        await Homes.ImportAsync("gw1");
        using var browser = _site.Browser();
        var signedUp = await AnswerAsync(await browser.PostAsJsonAsync("/api/home/sign-up", new { lat = 53.05, lon = -2.99, consents = FireOnly }));
        var gateway = signedUp.GetProperty("home").GetProperty("gateway").GetString()!;
        Assert.Equal(32, signedUp.GetProperty("mqttSecret").GetString()!.Length);
        Assert.NotEqual(signedUp.GetProperty("mqttSecret").GetString(), signedUp.GetProperty("residentKey").GetString());

        browser.DefaultRequestHeaders.Add("RequestVerificationToken", await browser.GetStringAsync("/test/home-form-token"));
        var home = await AnswerAsync(await browser.PutAsJsonAsync("/api/home/consents", new { consents = FireAndPrevention }));

        Assert.Equal(gateway, home.GetProperty("gateway").GetString());
        Assert.Equal(Consents.Fire | Consents.Prevention, (await Homes.FindAsync(gateway, CancellationToken.None))!.Consents);
        Assert.Contains(_site.Areas.Revisions, told => told.Home is { Change: HomeChange.Consents } revision && revision.Gateway == gateway);
        using var foreign = await browser.GetAsync("/api/homes/gw1");
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
    }

    [Fact]
    public async Task Change_CookieWithoutFormToken_IsRefused()
    {
        using var browser = _site.Browser();
        await AnswerAsync(await browser.PostAsJsonAsync("/api/home/sign-up", new { lat = 53.05, lon = -2.99 }));
        using var answer = await browser.PutAsJsonAsync("/api/home/consents", new { consents = Array.Empty<string>() });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/home/sign-up", "{\"lat\":53}")]
    [InlineData("/api/home/sign-up", "{\"lat\":91,\"lon\":1}")]
    [InlineData("/api/home/sign-up", "{\"lat\":53,\"lon\":1,\"consents\":[\"everyone\"]}")]
    [InlineData("/api/home/claim", "{\"lat\":53,\"lon\":1}")]
    [InlineData("/api/home/sign-in", "{}")]
    public async Task Entrance_WrongBody_SaysWhatIsRight(string path, string body)
    {
        using var answer = await _site.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Session_ResidentKeyRotatedByTheOperator_Ends()
    {
        var key = await Homes.ImportAsync("gw1");
        using var browser = _site.Browser();
        await AnswerAsync(await browser.PostAsJsonAsync("/api/home/sign-in", new { gateway = "gw1", key }));
        Assert.Equal("gw1", (await browser.GetFromJsonAsync<JsonElement>("/api/home")).GetProperty("gateway").GetString());

        using var operators = _site.WithToken(Roles.Operator);
        var rotated = await AnswerAsync(await operators.PostAsJsonAsync("/api/homes/gw1/credentials", new { credential = "resident" }));

        using var ended = await browser.GetAsync("/api/home");
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        using var old = await browser.PostAsJsonAsync("/api/home/sign-in", new { gateway = "gw1", key });
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        await AnswerAsync(await browser.PostAsJsonAsync("/api/home/sign-in", new { gateway = "gw1", key = rotated.GetProperty("secret").GetString() }));
    }

    [Fact]
    public async Task Claim_WithTheImportsSecret_WorksOnce()
    {
        using var operators = _site.WithToken(Roles.Operator);
        var secret = (await PostCsvAsync(operators, "gateway\ngw9\n")).GetProperty("lines")[0].GetProperty("claimSecret").GetString();

        Assert.Equal(HttpStatusCode.NotFound, await ClaimAsync("wrong"));
        Assert.Equal(HttpStatusCode.OK, await ClaimAsync(secret!));
        Assert.Equal(HttpStatusCode.NotFound, await ClaimAsync(secret!));
        Assert.True((await Homes.FindAsync("gw9", CancellationToken.None))!.IsClaimed);

        async Task<HttpStatusCode> ClaimAsync(string with)
        {
            using var browser = _site.Browser();
            using var answer = await browser.PostAsJsonAsync("/api/home/claim", new { gateway = "gw9", secret = with, lat = 53.05, lon = -2.99 });
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task SignUp_TooOftenFromOneAddress_HasToWait()
    {
        for (var i = 0; i < SignUpLimit.PerAddress; i++)
        {
            using var tried = await _site.Http.PostAsJsonAsync("/api/home/sign-up", new { });
            Assert.Equal(HttpStatusCode.BadRequest, tried.StatusCode);
        }

        using var answer = await _site.Http.PostAsJsonAsync("/api/home/sign-up", new { lat = 53.05, lon = -2.99 });
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Rooms_NamedByTheOperator_AreShownAndExported()
    {
        await Homes.ImportAsync("gw1");
        var store = _site.Services.GetRequiredService<MemoryRegistryStore>();
        await store.SightAsync([("gw1", new DeviceSighting("0x01", "hall", ["fire.smoke"], "HS1SA", "zigbee2mqtt", 97))], [], Entries.Start);
        using var operators = _site.WithToken(Roles.Operator);

        using var named = await operators.PutAsJsonAsync("/api/homes/gw1/rooms", new { device = "0x01", room = "Hall" });
        using var unknown = await operators.PutAsJsonAsync("/api/homes/gw1/rooms", new { device = "0x02", room = "Hall" });

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (named.StatusCode, unknown.StatusCode));
        var export = await operators.GetFromJsonAsync<JsonElement>("/api/homes/gw1/export");
        Assert.Equal("Hall", export.GetProperty("home").GetProperty("devices")[0].GetProperty("room").GetString());
        Assert.DoesNotContain("sha256", export.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PostCsvAsync(HttpClient client, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return await AnswerAsync(await client.PostAsync("/api/homes/import", content));
    }

    private static async Task<JsonElement> AnswerAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
