using System.Net;
using System.Net.Http.Json;
using System.Text;
using CivicSignals.Dashboard.Access;
using CivicSignals.Incidents;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Api;

/// <summary>Merging and splitting by the API.</summary>
public sealed class MergeActionTests
{
    private const string Path = "/api/incidents/i1/actions";

    [Fact]
    public async Task Act_Merge_TellsTheAreaWhoseTheOtherIs()
    {
        await using var site = await StartAsync();
        Assert.Equal("""{"result":"done"}""", await PostAsync(site, """{"action":"merge","into":"i2","note":"one fire"}"""));
        var action = Assert.Single(site.Areas.Acts).Action;
        Assert.Equal(new OperatorAction("i1", ActionVerb.Merge, "robot", "one fire") { Other = "i2", OtherArea = Entries.Area }, action);
    }

    [Fact]
    public async Task Act_Split_NamesTheEvidence()
    {
        await using var site = await StartAsync();
        await PostAsync(site, """{"action":"split","evidence":["homes/gw1/0x01 fire.smoke"]}""");
        Assert.Equal(["homes/gw1/0x01 fire.smoke"], Assert.Single(site.Areas.Acts).Action.Evidence!);
    }

    [Theory]
    [InlineData("""{"action":"undo-merge"}""", null)]
    [InlineData("""{"action":"undo-merge","merged":"i3"}""", "i3")]
    public async Task Act_UndoMerge_NamesTheMergedOneOrTheLast(string body, string? merged)
    {
        await using var site = await StartAsync();
        await PostAsync(site, body);
        Assert.Equal(merged, Assert.Single(site.Areas.Acts).Action.Other);
    }

    [Theory]
    [InlineData("""{"action":"merge"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"action":"merge","into":7}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"action":"split"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"action":"split","evidence":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"action":"split","evidence":"homes/gw1/0x01 fire.smoke"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"action":"split","evidence":[1]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"action":"merge","into":"none"}""", HttpStatusCode.Conflict)]
    [InlineData("""{"action":"merge","into":"closed"}""", HttpStatusCode.Conflict)]
    public async Task Act_WhatCannotBe_IsRefusedBeforeAnyAreaIsAsked(string body, HttpStatusCode status)
    {
        await using var site = await StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, response.StatusCode);
        Assert.Empty(site.Areas.Acts);
    }

    [Fact]
    public async Task Act_AnyAnswerOfTheArea_HasAStatusAndWords()
    {
        foreach (var answer in Enum.GetValues<ActionResult>())
        {
            await using var site = await StartAsync(answer);
            using var http = site.WithToken(Roles.ControlRoom);
            using var response = await http.PostAsJsonAsync(Path, new { action = "undo-merge" });
            var expected = answer switch
            {
                ActionResult.Done or ActionResult.Unchanged or ActionResult.Accepted => HttpStatusCode.OK,
                ActionResult.NotFound => HttpStatusCode.NotFound,
                _ => HttpStatusCode.Conflict,
            };
            Assert.Equal(expected, response.StatusCode);
            Assert.NotEmpty(await response.Content.ReadAsStringAsync());
        }
    }

    private static async Task<Site> StartAsync(ActionResult answer = ActionResult.Done)
    {
        var site = await Site.StartAsync(site => site.Areas.Answer = answer);
        site.Ledger.Append(Entries.Incident());
        site.Ledger.Append(Entries.Incident("i2"));
        site.Ledger.Append(Entries.Incident("closed", Stage.Closed));
        return site;
    }

    private static async Task<string> PostAsync(Site site, string body)
    {
        using var http = site.WithToken(Roles.ControlRoom);
        using var response = await http.PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
