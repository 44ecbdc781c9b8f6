using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>What holds for every page.</summary>
public sealed class PageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly string[] Addresses =
    [
        "/", "/n/maple-park", "/n/mill-bank", "/alerts/fire-1-public", "/alerts/over-1-public", "/alerts/false-1-public",
        "/n/maple-park?said=reported", "/n/maple-park/widget", "/n/mill-bank/widget?theme=dark", "/alerts/fire-1-public?said=seen",
        "/control", "/control/questions", "/control/questions/smoke1", "/control/questions/lights1", "/control/incidents/fire-1", "/control/incidents/false-1", "/control/prevention", "/control/false-calls", "/control/false-calls?did=restored", "/control/incidents/kept-1", "/ops", "/sign-in", "/sign-in?failed=1",
    ];

    public static TheoryData<string, int> EveryPage => [.. Addresses.SelectMany(address => new[] { (address, 1280), (address, 390) })];

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Page_AtAnyWidth_IsAccessibleQuietAndFits(string address, int width)
    {
        await using var visit = await browser.VisitAsync(width);
        await visit.GoAsync(address);
        await Shot(visit, address, width);

        var axe = await visit.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") });
        Assert.Empty(axe.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Empty(visit.Faults);
        var overflow = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, overflow);
    }

    private static async Task Shot(BrowserVisit visit, string address, int width)
    {
        if (Environment.GetEnvironmentVariable("PAGE_SHOTS") is { Length: > 0 } folder)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{address.Trim('/').Replace('/', '-').Replace("?", "-")}-{width}.png"), FullPage = true });
    }
}
