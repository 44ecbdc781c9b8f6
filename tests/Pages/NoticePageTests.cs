using CivicSignals.Tests.Browser;

namespace CivicSignals.Tests.Pages;

public sealed class NoticePageTests
{
    [Fact]
    public async Task NeighbourhoodPage_NoticeThatTouchesIt_NamesItsIssuerAndSaysThatItIsNotOurs()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        var touched = await http.GetStringAsync("/n/maple-park", TestContext.Current.CancellationToken);
        var far = await http.GetStringAsync("/n/station-quarter", TestContext.Current.CancellationToken);

        Assert.Contains("Flood warning for the River Alyn at Rossett", touched, StringComparison.Ordinal);
        Assert.Contains("Issued by Environment Agency, not by Civic Signals", touched, StringComparison.Ordinal);
        Assert.Contains("href=\"https://check-for-flooding.example/target-area/1\" rel=\"external nofollow noopener\"", touched, StringComparison.Ordinal);
        Assert.DoesNotContain("Official notices", far, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NeighbourhoodPage_ConcealedMarkup_IsShownAsText()
    {
        await using var host = await PagesHost.StartAsync(notice => notice with { Headline = "<img src=x onerror=alert(1)>" });
        using var http = new HttpClient { BaseAddress = host.Address };
        var page = await http.GetStringAsync("/n/maple-park", TestContext.Current.CancellationToken);

        Assert.Contains("&lt;img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OperationsPage_Feeds_AreListedWithTheirState()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        var page = await http.GetStringAsync("/ops", TestContext.Current.CancellationToken);

        Assert.Contains("environment-agency", page, StringComparison.Ordinal);
        Assert.Contains("HTTP 503", page, StringComparison.Ordinal);
        Assert.Contains("being asked", page, StringComparison.Ordinal);
    }
}
