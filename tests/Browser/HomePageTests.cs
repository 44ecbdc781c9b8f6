using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>What holds for every page about homes.</summary>
public sealed class HomePageTests(HomeBrowser browser) : IClassFixture<HomeBrowser>
{
    private static readonly (string As, string Address)[] Addresses =
    [
        ("/join", "/join"), ("/join", "/claim"), ("/join", "/home/sign-in"), ("/join", "/home/sign-in?failed=1"), ("/join", "/home/erased?file=1"),
        ("/test/home/gw-maple-7", "/home"), ("/test/home/gw-maple-7", "/home?did=withdrew"), ("/test/home/home-oak3x9", "/home"), ("/test/home/gw-quiet", "/home"),
        ("/test/home/gw-taken", "/home"), ("/test/home/gw-maple-7", "/home/connect"), ("/test/home/gw-maple-7", "/home/erase?unsure=1"),
        ("/test/as/operator", "/ops/homes"), ("/test/as/operator", "/ops/homes?show=unclaimed"), ("/test/as/operator", "/ops/homes?show=silent&find=nobody"),
        ("/test/as/operator", "/ops/homes/gw-maple-7"), ("/test/as/operator", "/ops/homes/maple-court-02"), ("/test/as/operator", "/ops/import"),
    ];

    public static TheoryData<string, string, int> EveryPage => [.. Addresses.SelectMany(page => new[] { (page.As, page.Address, 1280), (page.As, page.Address, 390) })];

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Page_AtAnyWidth_IsAccessibleQuietAndFits(string signIn, string address, int width)
    {
        await using var visit = await browser.VisitAsync(width);
        await visit.Page.GotoAsync(signIn);
        await visit.Page.GotoAsync(address);
        await PickerIsDrawn(visit.Page);
        await CheckAsync(visit, $"{signIn.Split('/')[^1]}-{address.Trim('/').Replace('/', '-').Replace('?', '-')}-{width}");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Secrets_OnceShown_AreAccessibleToo(int width)
    {
        await using var visit = await browser.VisitAsync(width);
        await visit.Page.GotoAsync("/join");
        await visit.Page.Locator("#lat").FillAsync("53.0466");
        await visit.Page.Locator("#lon").FillAsync("-2.9925");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add my home" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#resident-key")).ToBeVisibleAsync();
        await CheckAsync(visit, $"keys-{width}");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Report_OfAnImport_IsAccessibleToo(int width)
    {
        await using var visit = await browser.VisitAsync(width);
        await visit.Page.GotoAsync("/test/as/operator");
        await visit.Page.GotoAsync("/ops/import");
        await visit.Page.Locator("#list").FillAsync($"gateway,lat\nflat-1,53.1\nflat-2,\nflat-3,north\n{HomesFake.Maple},53.1\n");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("1 added, 1 to be claimed, 1 known already, 1 refused")).ToBeVisibleAsync();
        await CheckAsync(visit, $"import-report-{width}");
    }

    private static async Task PickerIsDrawn(IPage page)
    {
        if (await page.Locator("[data-place-map]").CountAsync() > 0 && await page.Locator("details [data-place-map]").CountAsync() == 0)
            await page.Locator("[data-place-map][data-ready=true]").WaitForAsync(new() { Timeout = 90_000 });
    }

    private static async Task CheckAsync(BrowserVisit visit, string name)
    {
        if (Environment.GetEnvironmentVariable("PAGE_SHOTS") is { Length: > 0 } folder)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"home-{name}.png"), FullPage = true });
        var axe = await visit.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") });
        Assert.Empty(axe.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Empty(visit.Faults);
        var overflow = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, overflow);
    }
}
