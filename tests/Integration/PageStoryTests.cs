using Microsoft.Playwright;

namespace CivicSignals.Tests.Integration;

/// <summary>The main job as people see it: an officer at the control room's page, a resident at the neighbourhood's.</summary>
[Collection(PlatformCollection.Name)]
public sealed class PageStoryTests
{
    [Fact]
    public async Task Fire_SeenByAnOfficerAndAResident_ArrivesIsConfirmedAndGoesPublicWithoutReload()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        var officer = await OpenAsync(browser, town, "/control");
        var resident = await OpenAsync(browser, town, $"/n/{TownPlan.Slug}");

        await SignInAsync(officer);
        await IsLiveAsync(officer);
        await IsLiveAsync(resident);
        await Task.WhenAll(MarkAsync(officer), MarkAsync(resident));
        await home.SmokeAsync();
        await home.HeatAsync();

        var incident = officer.Locator("#queue a[id^=incident-], main a[id^=incident-]").First;
        await Expect(incident).ToBeVisibleAsync();
        await Expect(incident).ToContainTextAsync(TownPlan.Neighbourhood);
        Assert.True(await IsMarkedAsync(officer), "the control room's page was loaded again");
        await Expect(resident.GetByText("There are no current alerts.")).ToBeVisibleAsync();

        await incident.ClickAsync();
        await Expect(officer.Locator(".evidence li")).ToHaveCountAsync(2);
        await officer.GetByRole(AriaRole.Button, new() { Name = "Confirm: it is real" }).ClickAsync();

        await Expect(resident.Locator("#alerts h3")).ToContainTextAsync(TownPlan.Neighbourhood);
        Assert.True(await IsMarkedAsync(resident), "the neighbourhood's page was loaded again");
        Assert.DoesNotContain("gw1", await resident.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, Town town, string path)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = town.Http.BaseAddress!.ToString(), ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.Locator("#name").FillAsync(Town.User);
        await page.Locator("#password").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/control");
    }

    private static Task IsLiveAsync(IPage page) => Expect(page.Locator("html.is-live")).ToHaveCountAsync(1);

    // A mark that a reload would wipe out.
    private static Task<bool> MarkAsync(IPage page) => page.EvaluateAsync<bool>("() => window.neverReloaded = true");

    private static Task<bool> IsMarkedAsync(IPage page) => page.EvaluateAsync<bool>("() => window.neverReloaded === true");

    private static Bounded Expect(ILocator locator) => new(Assertions.Expect(locator));

    /// <summary>Playwright's assertions, as patient as all the others here.</summary>
    private sealed class Bounded(ILocatorAssertions assertions)
    {
        private static readonly float Milliseconds = (float)Patience.Answer.TotalMilliseconds;

        public Task ToBeVisibleAsync() => assertions.ToBeVisibleAsync(new() { Timeout = Milliseconds });

        public Task ToContainTextAsync(string text) => assertions.ToContainTextAsync(text, new() { Timeout = Milliseconds });

        public Task ToHaveCountAsync(int count) => assertions.ToHaveCountAsync(count, new() { Timeout = Milliseconds });
    }
}
