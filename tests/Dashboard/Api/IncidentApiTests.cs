using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Access;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Api;

public sealed class IncidentApiTests
{
    [Fact]
    public async Task List_Paged_GivesEveryIncidentOnceNewestFirst()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        for (var i = 0; i < 7; i++)
            site.Ledger.Append(Entries.Incident($"i{i}"));
        site.Ledger.Append(Entries.Incident("i0", belief: 0.9));

        var ids = new List<string?>();
        string? next = "";
        while (next is not null)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/incidents?limit=3&cursor={next}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(["i0", "i6", "i5", "i4", "i3", "i2", "i1"], ids);
    }

    [Fact]
    public async Task List_AsManyAsTheLimit_HasNoNextPage()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        var entry = Entries.Incident();
        site.Ledger.Append(entry);
        using var response = await http.GetAsync("/api/incidents?limit=1");
        Assert.Equal($$"""{"items":[{{System.Text.Encoding.UTF8.GetString(entry.Body.Span)}}],"next":null}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task List_OpenAndSince_NarrowIt()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        site.Ledger.Append(Entries.Incident("old"));
        site.Ledger.Append(Entries.Incident("closed", Stage.Closed, Entries.Start.AddHours(1)));
        site.Ledger.Append(Entries.Incident("open", at: Entries.Start.AddHours(1)));
        Assert.Equal(["open", "old"], await IdsAsync("open=true"));
        Assert.Equal(["closed"], await IdsAsync("open=false"));
        Assert.Equal(["open", "closed"], await IdsAsync("since=2026-01-10T09:00:00Z"));

        async Task<string?[]> IdsAsync(string query)
        {
            var page = await http.GetFromJsonAsync<JsonElement>("/api/incidents?" + query);
            return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString())];
        }
    }

    [Theory]
    [InlineData("open=perhaps", "open")]
    [InlineData("since=yesterday", "since")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=-1", "cursor")]
    [InlineData("cursor=x", "cursor")]
    public async Task List_WrongParameter_IsNamed(string query, string name)
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.GetAsync("/api/incidents?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith(name + " must be", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_WithARecord_GivesTheNewestLineAndEverythingThatBelongsToIt()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        site.Ledger.Append(Entries.Evidence("fire.smoke"));
        site.Ledger.Append(Entries.Incident(belief: 0.02));
        site.Ledger.Append(Entries.Evidence("fire.heat"));
        site.Ledger.Append(Entries.Incident(belief: 0.9));
        site.Ledger.Append(Entries.Entry(Entries.Alert("c", audience: Audience.ControlRoom)));
        site.Ledger.Append(Entries.Entry(Entries.Alert("p")));
        site.Ledger.Append(Entries.Entry(Entries.Alert("p", 2)));
        site.Ledger.Append(Entries.Action("ann"));
        site.Ledger.Append(Entries.Incident("other"));

        var incident = await http.GetFromJsonAsync<JsonElement>("/api/incidents/i1");
        Assert.Equal(0.9, incident.GetProperty("belief").GetDouble());
        Assert.Equal(["fire.smoke", "fire.heat"], Texts("evidence", "kind"));
        Assert.Equal(7.8, incident.GetProperty("evidence")[0].GetProperty("lnLr").GetDouble());
        Assert.Equal(["fire.smoke", "fire.heat"], Texts("evidenceLog", "kind"));
        Assert.Equal(["c", "p", "p"], Texts("alerts", "id"));
        Assert.Equal(["ann"], Texts("actions", "user"));

        string?[] Texts(string list, string member) => [.. incident.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(member).GetString())];
    }

    [Fact]
    public async Task One_Unknown_IsNotFound()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/incidents/nothing")).StatusCode);
    }

    [Fact]
    public async Task List_LedgerAway_SaysComeAgain()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        site.Ledger.Fault = new LedgerUnavailableException("away");
        using var response = await http.GetAsync("/api/incidents");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Headers.RetryAfter);
    }
}
