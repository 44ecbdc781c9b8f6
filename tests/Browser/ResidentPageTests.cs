using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>What a resident does on a phone.</summary>
public sealed class ResidentPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task ReportForm_Opened_IsAccessibleAndFits(int width)
    {
        await using var visit = await browser.VisitAsync(width);
        await visit.GoAsync("/n/maple-park");
        await visit.Page.Locator("#report summary").ClickAsync();
        await visit.Page.Locator("[data-place-map][data-ready=true]").WaitForAsync(new() { Timeout = 90_000 });
        if (Environment.GetEnvironmentVariable("PAGE_SHOTS") is { Length: > 0 } folder)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"report-{width}.png"), FullPage = true });

        var axe = await visit.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") });
        Assert.Empty(axe.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Empty(visit.Faults);
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task ReportForm_MapTapped_FillsInThePlace()
    {
        await using var visit = await browser.VisitAsync(390);
        await visit.GoAsync("/n/maple-park");
        await visit.Page.Locator("#report summary").ClickAsync();
        await visit.Page.Locator("[data-place-map][data-ready=true]").WaitForAsync(new() { Timeout = 90_000 });
        await visit.Page.Locator("[data-place-map] canvas").ClickAsync();
        await visit.Page.GetByLabel("Flooding").CheckAsync();
        var before = browser.Host.Reports.Offered.Count;
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send this report" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("The control room can see your report.")).ToBeVisibleAsync();
        var report = browser.Host.Reports.Offered.Skip(before).First();
        Assert.Equal(("flood", 50), (report.Kind, report.Place!.Value.UncertaintyM));
        Assert.InRange(report.Place!.Value.Lat, 53, 53.1);
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("/n/maple-park")]
    [InlineData("/alerts/fire-1-public")]
    [InlineData("/n/maple-park/widget")]
    public async Task Targets_OfResidents_AreLargeEnoughForAThumb(string address)
    {
        await using var visit = await browser.VisitAsync(390, scripts: false);
        await visit.Page.GotoAsync(address);
        if (await visit.Page.Locator("#report summary").CountAsync() > 0)
            await visit.Page.Locator("#report summary").ClickAsync();
        foreach (var target in await visit.Page.Locator("form button:visible, summary:visible, .choice:visible, form textarea:visible, li a:visible").AllAsync())
        {
            if (await target.EvaluateAsync<bool>("e => !!e.closest('.alert-card ul, .versions, .past')"))
                continue; // Words in a text.
            Assert.True((await target.BoundingBoxAsync())!.Height >= 44, await target.InnerTextAsync());
        }
    }

    [Fact]
    public async Task Widget_InAFrameOfAnotherSite_IsLegibleAt280Pixels()
    {
        await using var visit = await browser.VisitAsync(280);
        // Another host's name for the same server: to the browser, another site.
        await visit.Page.GotoAsync($"http://localhost:{browser.Host.Address.Port}/test/frame?of={Uri.EscapeDataString($"{browser.Host.Address}n/maple-park/widget")}");
        var widget = visit.Page.FrameLocator("iframe");
        await Assertions.Expect(widget.GetByText("Fire in a building in Maple Park")).ToBeVisibleAsync();
        Assert.Equal(0, await widget.Locator("html").EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth"));
        if (Environment.GetEnvironmentVariable("PAGE_SHOTS") is { Length: > 0 } folder)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "widget-280.png"), FullPage = true });
    }
}
