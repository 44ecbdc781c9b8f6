using System.Net;
using System.Net.Http.Json;
using System.Text;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Reports;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Api;

public sealed class ReportApiTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Report_OfAnyone_IsOfferedUnderAPseudonym()
    {
        using var answer = await _site.Http.PostAsJsonAsync("/api/reports", new { kind = "fire", says = "seen", lat = 53.05, lon = -2.99 });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("""{"result":"taken"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var report = Assert.Single(_site.Reports.Offered);
        Assert.Equal(("fire", "seen", new Place(53.05, -2.99, 50)), (report.Kind, report.Says, report.Place));
        Assert.Matches("^[A-Za-z0-9_-]{16}$", report.Reporter);
    }

    [Theory]
    [InlineData(ReportStatus.Repeated, HttpStatusCode.Accepted)]
    [InlineData(ReportStatus.TooManyOfReporter, HttpStatusCode.TooManyRequests)]
    [InlineData(ReportStatus.TooManyOfPlace, HttpStatusCode.TooManyRequests)]
    [InlineData(ReportStatus.Refused, HttpStatusCode.BadRequest)]
    [InlineData(ReportStatus.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task Report_ByItsOutcome_IsAnswered(ReportStatus outcome, HttpStatusCode status)
    {
        _site.Reports.Answer = new(outcome, TimeSpan.FromSeconds(90.5), "bad-place");
        using var answer = await _site.Http.PostAsJsonAsync("/api/reports", new { kind = "fire", says = "seen", lat = 53.05, lon = -2.99 });
        Assert.Equal(status, answer.StatusCode);
        double? wait = status switch { HttpStatusCode.TooManyRequests => 91, HttpStatusCode.ServiceUnavailable => 2, _ => null };
        Assert.Equal(wait, answer.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    [Theory]
    [InlineData("x", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("""{"says":7}""", "application/json")]
    [InlineData("""{"kind":"fire","says":"seen","lat":53.05,"lon":-2.99}""", "text/plain")]
    public async Task Report_ThatIsNone_IsOfferedEmptySoThatItIsCounted(string body, string type)
    {
        _site.Reports.Answer = new(ReportStatus.Refused, Reason: "bad-shape");
        using var answer = await _site.Http.PostAsync("/api/reports", new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The body must be", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(Assert.Single(_site.Reports.Offered).Says);
    }

    [Fact]
    public async Task Report_LargerThanFourKiB_IsNotRead()
    {
        using var answer = await _site.Http.PostAsync("/api/reports", new StringContent($$"""{"says":"seen","more":"{{new string('x', 5000)}}"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode); // The recorder takes anything: what matters is what it was offered.
        Assert.Null(Assert.Single(_site.Reports.Offered).Says);
    }

    [Fact]
    public async Task Answer_ToAPublicAlert_NamesItsIncidentAndNoMoreThanItsShape()
    {
        _site.Ledger.Append(Entries.Entry(Entries.Alert() with { ExpiresAt = Entries.Start.AddDays(1) }));
        using var answer = await _site.Http.PostAsJsonAsync("/api/alerts/a1/answers", new { says = "seen" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var report = Assert.Single(_site.Reports.Offered);
        Assert.Equal(("fire", "seen", new SignalTarget(Entries.Area, "i1"), new Place(53.05, -2.99, 2441)), (report.Kind, report.Says, report.Target, report.Place));
    }

    [Fact]
    public async Task Answer_ToWhatIsNotThere_IsNotFound()
    {
        _site.Ledger.Append(Entries.Entry(Entries.Alert("a2", audience: Audience.ControlRoom)));
        foreach (var id in new[] { "a1", "a2" })
        {
            using var answer = await _site.Http.PostAsJsonAsync($"/api/alerts/{id}/answers", new { says = "seen" });
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Empty(_site.Reports.Offered);
    }

    [Fact]
    public async Task Answer_ToWhatIsOverOrCannotBeSeen_IsAConflict()
    {
        _site.Ledger.Append(Entries.Entry(Entries.Alert()));
        _site.Ledger.Append(Entries.Entry(Entries.Alert(version: 2, ended: Outcome.AllClear)));
        _site.Ledger.Append(Entries.Entry(Entries.Alert("a2") with { ExpiresAt = Entries.Start.AddMinutes(1) }));
        _site.Ledger.Append(Entries.Entry(Entries.Alert("a3", hazard: Hazard.CarbonMonoxide) with { ExpiresAt = Entries.Start.AddDays(1) }));
        foreach (var id in new[] { "a1", "a2", "a3" })
        {
            using var answer = await _site.Http.PostAsJsonAsync($"/api/alerts/{id}/answers", new { says = "seen" });
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        }

        Assert.Empty(_site.Reports.Offered);
    }
}
