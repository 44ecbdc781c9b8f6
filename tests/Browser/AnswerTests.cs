using System.Net;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Browser;

/// <summary>What the pages answer, without a browser.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private PagesHost _host = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync();
        _client = new HttpClient { BaseAddress = _host.Address };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?fragment=neighbourhoods")]
    [InlineData("/n/maple-park")]
    [InlineData("/n/maple-park?fragment=alerts")]
    [InlineData("/alerts/fire-1-public")]
    public async Task PublicPage_Always_ShowsNoHomeNoSourceAndNoControlRoomAlert(string address)
    {
        var page = await _client.GetStringAsync(address);
        Assert.Contains("Fire in a building in Maple Park", page, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleTown.Home, page, StringComparison.Ordinal);
        Assert.DoesNotContain("homes/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("smoke and heat alarms in one home", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a.morgan", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublicPage_OfAControlRoomAlert_IsNotThere() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/alerts/fire-1-control")).StatusCode);

    [Theory]
    [InlineData("/n/maple-park", "public, max-age=5")]
    [InlineData("/control", "no-store, no-cache")]
    [InlineData("/control/questions", "no-store, no-cache")]
    [InlineData("/n/maple-park/widget", "public, max-age=5")]
    [InlineData("/ops", "no-store, no-cache")]
    [InlineData("/sign-in", "no-store, no-cache")]
    public async Task Page_ByAudience_SaysWhoMayKeepIt(string address, string cacheControl) =>
        Assert.Equal(cacheControl, (await _client.GetAsync(address)).Headers.CacheControl!.ToString());

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "There is nothing at this address")]
    [InlineData("/n/nowhere", HttpStatusCode.NotFound, "There is nothing at this address")]
    [InlineData("/control/incidents/none", HttpStatusCode.NotFound, "There is nothing at this address")]
    [InlineData("/test/no-ledger", HttpStatusCode.ServiceUnavailable, "Not available just now")]
    [InlineData("/test/broken", HttpStatusCode.InternalServerError, "Something went wrong here")]
    public async Task Failure_ForPeople_IsAPage(string address, HttpStatusCode status, string words)
    {
        var answer = await _client.GetAsync(address);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_WithoutAntiforgeryToken_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("action", "false-alarm")]);
        var answer = await _client.PostAsync("/control/incidents/fire-1/actions", form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(await _host.Ledger.IncidentAsync("fire-1", default), entry => entry.Type == EntryType.Action);
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task SignIn_WithAForeignReturnAddress_LeadsToTheQueue(string returnUrl)
    {
        var page = await _client.GetStringAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        Assert.Contains("""name="returnUrl" value="/control" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", page, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }
}
