using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Incidents;
using CivicSignals.Reports;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Api;

public sealed class QuestionApiTests : IAsyncLifetime
{
    private Site _site = null!;
    private HttpClient _staff = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await Site.StartAsync();
        _staff = _site.WithToken(Roles.ControlRoom);
        _site.Ledger.Append(Entries.Incident());
    }

    public ValueTask DisposeAsync()
    {
        _staff.Dispose();
        return _site.DisposeAsync();
    }

    [Fact]
    public async Task Question_AskedAnsweredAndChanged_IsSeenByBothSides()
    {
        var id = await AskAsync(new { neighbourhood = "lache", text = " Can anyone\nsee smoke? ", incident = "i1" });

        var open = Assert.Single((await _site.Http.GetFromJsonAsync<JsonElement>("/api/neighbourhoods/lache/questions")).EnumerateArray());
        Assert.Equal((id, "Can anyone see smoke?"), (open.GetProperty("id").GetString(), open.GetProperty("text").GetString()));
        Assert.Equal(["id", "text", "askedAt", "until"], open.EnumerateObject().Select(member => member.Name));

        Assert.Equal(HttpStatusCode.Accepted, await AnswerAsync(id, "nothing-here", ""));
        Assert.Equal(HttpStatusCode.Accepted, await AnswerAsync(id, "seen", "behind the \u202Estation\n<b>"));
        var report = _site.Reports.Offered.Last();
        Assert.Equal(("fire", new SignalTarget(Entries.Area, "i1"), id), (report.Kind, report.Target, report.Question));
        Assert.True(report.Place!.Value.IsVague);

        var whole = await _staff.GetFromJsonAsync<JsonElement>($"/api/questions/{id}");
        Assert.Equal((1, 0), (whole.GetProperty("question").GetProperty("yes").GetInt32(), whole.GetProperty("question").GetProperty("no").GetInt32()));
        Assert.Equal("behind the station <b>", Assert.Single(whole.GetProperty("answers").EnumerateArray()).GetProperty("note").GetString());
        Assert.Equal("robot", whole.GetProperty("question").GetProperty("askedBy").GetString());
        Assert.Single((await _staff.GetFromJsonAsync<JsonElement>("/api/questions?incident=i1")).EnumerateArray());
        Assert.Empty((await _staff.GetFromJsonAsync<JsonElement>("/api/questions?incident=i2")).EnumerateArray());
    }

    [Fact]
    public async Task Answer_Kept_IsToldToControlRoomsOnly()
    {
        await using var controlRoom = await EventStream.OpenAsync(_staff, "/api/incidents/stream");
        await using var everyone = await EventStream.OpenAsync(_site.Http, "/api/alerts/stream");
        await controlRoom.BlockAsync();
        await everyone.BlockAsync();

        var id = await AskAsync(new { neighbourhood = "lache", text = "Can anyone see smoke?" });
        Assert.Contains("\"yes\":0", await controlRoom.BlockAsync(), StringComparison.Ordinal);
        await AnswerAsync(id, "seen", "");
        var told = await controlRoom.BlockAsync();
        Assert.StartsWith("event: question\ndata: {\"id\":\"" + id, told, StringComparison.Ordinal);
        Assert.Contains("\"yes\":1,\"no\":0", told, StringComparison.Ordinal);

        _site.Publish(Entries.Entry(Entries.Alert()));
        Assert.Equal("alert", (await everyone.NextAsync())!.Value.Event);
    }

    [Fact]
    public async Task Answer_WhereNothingStands_IsRefused()
    {
        var withdrawn = await AskAsync(new { neighbourhood = "lache", text = "Can anyone see smoke?" });
        using (var answer = await _staff.PostAsync($"/api/questions/{withdrawn}/withdraw", null))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using (var again = await _staff.PostAsync($"/api/questions/{withdrawn}/withdraw", null))
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        var ended = await AskAsync(new { neighbourhood = "lache", text = "Can anyone see smoke?", minutes = 15 });
        _site.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(HttpStatusCode.Conflict, await AnswerAsync(withdrawn, "seen", ""));
        Assert.Equal(HttpStatusCode.Conflict, await AnswerAsync(ended, "seen", ""));
        Assert.Equal(HttpStatusCode.NotFound, await AnswerAsync("none", "seen", ""));
        Assert.Empty(_site.Reports.Offered);
        Assert.Empty((await _site.Http.GetFromJsonAsync<JsonElement>("/api/neighbourhoods/lache/questions")).EnumerateArray());
    }

    [Fact]
    public async Task Answer_ThatWasNotTaken_IsNotKept()
    {
        var id = await AskAsync(new { neighbourhood = "lache", text = "Can anyone see smoke?" });
        Assert.Equal(HttpStatusCode.BadRequest, await AnswerAsync(id, "seen", new string('x', 201)));
        _site.Reports.Answer = new(ReportStatus.Refused, Reason: "bad-shape");
        Assert.Equal(HttpStatusCode.BadRequest, await AnswerAsync(id, "maybe", ""));
        _site.Reports.Answer = new(ReportStatus.TooManyOfReporter, TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AnswerAsync(id, "seen", ""));
        var whole = await _staff.GetFromJsonAsync<JsonElement>($"/api/questions/{id}");
        Assert.Empty(whole.GetProperty("answers").EnumerateArray());
    }

    [Theory]
    [InlineData("nowhere", "Can anyone see smoke?", null, 30)]
    [InlineData("lache", " \u200F\n", null, 30)]
    [InlineData("lache", "Can anyone see smoke?", "i2", 30)]
    [InlineData("lache", "Can anyone see smoke?", "none", 30)]
    [InlineData("lache", "Can anyone see smoke?", null, 45)]
    [InlineData("lache", null, null, 30)]
    public async Task Ask_WhatIsNoQuestion_IsRefused(string neighbourhood, string? text, string? incident, int minutes)
    {
        _site.Ledger.Append(Entries.Incident("i2", Stage.Closed));
        using var answer = await _staff.PostAsJsonAsync("/api/questions", new { neighbourhood, text, incident, minutes });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty((await _staff.GetFromJsonAsync<JsonElement>("/api/questions")).EnumerateArray());
    }

    [Fact]
    public async Task Ask_WithACookieAndNoFormToken_IsRefused()
    {
        using var browser = _site.Browser();
        await Site.SignInAsync(browser, "ann", Site.Password);
        using var answer = await browser.PostAsJsonAsync("/api/questions", new { neighbourhood = "lache", text = "Can anyone see smoke?" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("antiforgery", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(object question)
    {
        using var answer = await _staff.PostAsJsonAsync("/api/questions", question);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<HttpStatusCode> AnswerAsync(string id, string says, string note)
    {
        using var answer = await _site.Http.PostAsJsonAsync($"/api/questions/{id}/answers", new { says, note });
        return answer.StatusCode;
    }
}
