using System.Net;
using CivicSignals.Accounting;
using CivicSignals.Reports;
using CivicSignals.Signals;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Browser;

/// <summary>What residents' forms answer, without a browser.</summary>
public sealed class ResidentFormTests : IAsyncLifetime
{
    private PagesHost _host = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync();
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/alerts/fire-1-public/answers", "/alerts/fire-1-public?said=seen#said", "says=seen")]
    [InlineData("/alerts/over-1-public/answers", "/alerts/over-1-public?said=over#said", "says=seen")]
    [InlineData("/n/maple-park/reports", "/n/maple-park?said=reported#said", "says=seen&kind=flood")]
    [InlineData("/n/maple-park/questions/smoke1/answers", "/n/maple-park?said=answered#said", "says=nothing-here&note=")]
    [InlineData("/n/maple-park/questions/smoke1/answers", "/alerts/fire-1-public?said=answered#said", "says=seen&note=&alert=fire-1-public")]
    [InlineData("/n/maple-park/questions/smoke1/answers", "/alerts/%2F%2Felsewhere.example?said=answered#said", "says=seen&note=&alert=//elsewhere.example")]
    [InlineData("/n/mill-bank/questions/lights1/answers", "/n/mill-bank?said=ended#said", "says=seen&note=")]
    public async Task Form_OfTheSite_LeadsBackWithAWordAndNoCookie(string address, string back, string fields)
    {
        using var answer = await PostAsync(address, fields, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal((HttpStatusCode.Redirect, back), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/n/maple-park?said=reported", "One report alone makes no public alert.")]
    [InlineData("/alerts/fire-1-public?said=seen", "The control room can see that you see it too.")]
    public async Task Page_LedBackTo_SaysWhatBecameOfIt(string address, string words) =>
        Assert.Contains(words, await _client.GetStringAsync(address), StringComparison.Ordinal);

    [Theory]
    [InlineData("/n/maple-park?said=%3Cb%3E")]
    [InlineData("/alerts/fire-1-public?said=anything")]
    public async Task Page_WithAWordOfSomebodyElse_SaysNothing(string address) =>
        Assert.DoesNotContain("id=\"said\"", await _client.GetStringAsync(address), StringComparison.Ordinal);

    [Fact]
    public async Task Report_FromTheForm_HasTheBestPlaceThatWasGiven()
    {
        await PostAsync("/n/maple-park/reports", "says=seen&kind=fire&postcode=&lat=&lon=");
        await PostAsync("/n/maple-park/reports", "says=seen&kind=fire&postcode=LL11&lat=53.0461&lon=-2.9931");
        var places = _host.Reports.Offered.Select(report => report.Place!.Value).ToList();
        Assert.True(places[0].IsVague);
        Assert.Equal(new Place(53.0461, -2.9931, 50), places[1]);
        Assert.All(_host.Reports.Offered, report => Assert.Equal(_host.Reports.Offered.First().Reporter, report.Reporter));
    }

    [Theory]
    [InlineData("says=seen&kind=fire&postcode=LL11+1AA", "That postcode is not known here.")]
    [InlineData("says=seen&kind=weather", "Choose what you see.")]
    public async Task Report_ThatIsWrong_ComesBackFilledIn(string fields, string words)
    {
        using var answer = await PostAsync("/n/maple-park/reports", fields);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("<details open>", page, StringComparison.Ordinal);
        Assert.Empty(_host.Reports.Offered);
    }

    [Theory]
    [InlineData(ReportStatus.TooManyOfReporter, "A lot was reported from your network")]
    [InlineData(ReportStatus.TooManyOfPlace, "Many people have told us about this place")]
    public async Task Report_OneTooMany_IsToldInPlainWords(ReportStatus status, string words)
    {
        _host.Reports.Answer = new(status, TimeSpan.FromSeconds(200));
        using var answer = await PostAsync("/n/maple-park/reports", "says=seen&kind=fire");
        Assert.Equal((HttpStatusCode.TooManyRequests, 200), (answer.StatusCode, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("about 4 minutes", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task Form_OfAnotherSite_IsRefusedAndCounted(string header, string value)
    {
        foreach (var address in new[] { "/alerts/fire-1-public/answers", "/n/maple-park/reports", "/n/maple-park/questions/smoke1/answers" })
        {
            using var answer = await PostAsync(address, "says=seen&kind=fire", (header, value));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Empty(_host.Reports.Offered);
        Assert.Equal(3, _host.Services.GetRequiredService<MessageAccount>().Read().RejectedByReason["cross-site"]);
    }

    [Fact]
    public async Task Form_OfTheSameOrigin_PassesWithoutFetchMetadata()
    {
        using var answer = await PostAsync("/alerts/fire-1-public/answers", "says=seen", ("Origin", _host.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Form_LargerThanFourKiB_IsRefused()
    {
        using var answer = await PostAsync("/n/maple-park/questions/smoke1/answers", "says=seen&note=" + new string('x', 5000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(_host.Reports.Offered);
        Assert.Equal(1, _host.Services.GetRequiredService<MessageAccount>().Read().RejectedByReason["too-large"]);
    }

    [Theory]
    [InlineData("/alerts/fire-1-control/answers")]
    [InlineData("/alerts/none/answers")]
    [InlineData("/n/nowhere/reports")]
    [InlineData("/n/maple-park/questions/none/answers")]
    public async Task Form_ToWhatIsNotThere_IsNotFound(string address)
    {
        using var answer = await PostAsync(address, "says=seen&kind=fire");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Note_WithMarkup_IsShownAsText()
    {
        await PostAsync("/n/maple-park/questions/smoke1/answers", "says=seen&note=" + Uri.EscapeDataString("<script>alert(1)</script>"));
        foreach (var address in new[] { "/control/questions/smoke1", "/control/incidents/fire-1" })
            Assert.Contains("&lt;script&gt;alert(1)", await _client.GetStringAsync(address), StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", await _client.GetStringAsync("/n/maple-park"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Widget_ForAFrame_MayBeFramedByAnyoneAndDoesNothing()
    {
        using var answer = await _client.GetAsync("/n/maple-park/widget");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors *", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Fire in a building in Maple Park", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/n/maple-park/widget");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _client.SendAsync(again)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/n/nowhere/widget")).StatusCode);
    }

    [Fact]
    public async Task Neighbourhood_ForItsReaders_ShowsWhatToPaste() =>
        Assert.Contains($"&lt;iframe src=&quot;{_host.Address}n/maple-park/widget&quot;", await _client.GetStringAsync("/n/maple-park"), StringComparison.Ordinal);

    private async Task<HttpResponseMessage> PostAsync(string address, string fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(fields, null, "application/x-www-form-urlencoded") };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await _client.SendAsync(request);
    }
}
