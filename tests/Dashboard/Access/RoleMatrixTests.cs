using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Access;

public sealed class RoleMatrixTests
{
    public static TheoryData<string, string, int, int, int> Matrix => new()
    {
        { "GET", "/api/incidents", 401, 200, 200 },
        { "GET", "/api/incidents/i1", 401, 200, 200 },
        { "GET", "/api/incidents/stream", 401, 200, 200 },
        { "POST", "/api/incidents/i1/actions", 401, 200, 200 },
        { "GET", "/api/questions", 401, 200, 200 },
        { "GET", "/api/questions/q1", 401, 404, 404 },
        { "POST", "/api/questions", 401, 400, 400 },
        { "POST", "/api/questions/q1/withdraw", 401, 404, 404 },
        { "POST", "/api/questions/q1/answers", 404, 404, 404 },
        { "GET", "/api/neighbourhoods/lache/questions", 200, 200, 200 },
        { "GET", "/api/prevention", 401, 200, 200 },
        { "GET", "/api/false-calls", 401, 200, 200 },
        { "POST", "/api/false-calls/p1/restore", 401, 400, 400 },
        { "GET", "/api/alerts.geojson", 200, 200, 200 },
        { "GET", "/api/neighbourhoods.geojson", 200, 200, 200 },
        { "GET", "/api/alerts/stream", 200, 200, 200 },
        { "GET", "/alerts/a1.cap", 200, 200, 200 },
        { "GET", "/n/lache/feed.atom", 200, 200, 200 },
        { "GET", "/test/operator", 302, 403, 200 },
        { "GET", "/api/nothing", 404, 404, 404 },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Endpoint_ByRole_AnswersAsTheContractSays(string method, string path, int anonymous, int controlRoom, int operators)
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Incident());
        site.Ledger.Append(Entries.Entry(Entries.Alert()));

        Assert.Equal(anonymous, await StatusAsync(site.Browser()));
        Assert.Equal(controlRoom, await StatusAsync(site.WithToken(Roles.ControlRoom)));
        Assert.Equal(operators, await StatusAsync(site.WithToken(Roles.Operator)));

        async Task<int> StatusAsync(HttpClient client)
        {
            using (client)
            using (var request = new HttpRequestMessage(new HttpMethod(method), path))
            {
                if (method == "POST")
                    request.Content = JsonContent.Create(new { action = "confirm" });
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                return (int)response.StatusCode;
            }
        }
    }

    [Theory]
    [InlineData("/api/incidents", HttpStatusCode.Unauthorized)]
    [InlineData("/api/nothing/at/all", HttpStatusCode.NotFound)]
    public async Task Api_Refused_AnswersInJsonAndDoesNotRedirect(string path, HttpStatusCode status)
    {
        await using var site = await Site.StartAsync();
        using var response = await site.Http.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Page_Anonymous_IsSentToSignInAndBack()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.Browser();
        using var response = await browser.GetAsync("/test/operator");
        Assert.Equal("/sign-in?returnUrl=%2Ftest%2Foperator", response.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task AnyAnswer_CarriesTheSecurityHeaders()
    {
        await using var site = await Site.StartAsync(null, ("Http:MapOrigins", "https://tiles.example"));
        using var response = await site.Http.GetAsync("/api/alerts.geojson");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' blob: https://tiles.example;", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }
}
