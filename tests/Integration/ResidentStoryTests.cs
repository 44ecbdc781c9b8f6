using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace CivicSignals.Tests.Integration;

/// <summary>A resident on a phone without scripts and an officer at the control room's page: they answer each other.</summary>
[Collection(PlatformCollection.Name)]
public sealed class ResidentStoryTests
{
    private const string Asked = "Can anyone see smoke near the station?";
    private const string Note = "Grey smoke behind the bakery";
    private static readonly float Milliseconds = (float)Patience.Answer.TotalMilliseconds;

    [Fact]
    public async Task Resident_AnswersAnAlertAndAQuestion_AndTheControlRoomSeesBothArrive()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var town = await Town.StartAsync();
        var home = await town.GatewayAsync("gw1");
        var stream = await town.ControlRoomAsync();
        await home.SmokeAsync();
        var incident = (await stream.FirstAsync(one => one.Is("incident"), "the incident"))["id"]!;
        await town.ActAsync(incident, "confirm");
        await stream.FirstAsync(one => one.Is("alert", audience: "Public"), "the public alert");

        var officer = await OfficerAsync(browser, town, incident);
        var phone = await PhoneAsync(browser, town);
        await phone.GotoAsync($"/n/{TownPlan.Slug}");
        var since = Stopwatch.GetTimestamp();
        await phone.GetByRole(AriaRole.Button, new() { Name = "I see it too" }).ClickAsync();
        var seen = await stream.FirstAsync(one => one.Is("incident") && Kinds(one.Body).Contains("report.fire"), "the answer in the incident's evidence");
        TestContext.Current.TestOutputHelper?.WriteLine($"from the press of the button to the control room's event: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");

        Assert.Equal(incident, seen["id"]);
        await Expect(phone.GetByText("The control room can see that you see it too.")).ToBeVisibleAsync(new() { Timeout = Milliseconds });
        await Expect(officer.Locator(".evidence li", new() { HasText = "Resident who sees a fire" })).ToHaveCountAsync(1, new() { Timeout = Milliseconds });
        Assert.Contains("report.fire", Kinds(await town.AskAsync($"/api/incidents/{incident}")));
        Assert.DoesNotContain(stream.Events, one => one.Name == "incident" && one["id"] != incident);

        await officer.Locator("#question").FillAsync(Asked);
        await officer.GetByRole(AriaRole.Button, new() { Name = "Ask the neighbourhood" }).ClickAsync();
        await Expect(officer.GetByText("Asked. The question is on the neighbourhood's page")).ToBeVisibleAsync(new() { Timeout = Milliseconds });
        await Expect(officer.Locator("html.is-live")).ToHaveCountAsync(1, new() { Timeout = Milliseconds });
        await officer.EvaluateAsync("() => window.neverReloaded = true");

        await phone.GotoAsync($"/n/{TownPlan.Slug}");
        await phone.ReloadAsync(); // A page may be kept for some seconds.
        await Expect(phone.GetByRole(AriaRole.Heading, new() { Name = Asked })).ToBeVisibleAsync(new() { Timeout = Milliseconds });
        await phone.GetByLabel("Anything to add?").FillAsync(Note);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Yes, I see it" }).ClickAsync();
        await Expect(phone.GetByText("Your answer is with the control room.")).ToBeVisibleAsync(new() { Timeout = Milliseconds });
        Assert.Empty(await phone.Context.CookiesAsync());

        await Expect(officer.Locator(".asked .tally")).ToContainTextAsync("See it1", new() { Timeout = Milliseconds });
        await Expect(officer.Locator(".asked .notes")).ToContainTextAsync(Note, new() { Timeout = Milliseconds });
        Assert.True(await officer.EvaluateAsync<bool>("() => window.neverReloaded === true"), "the officer's page was loaded again");

        await phone.GotoAsync($"/n/{TownPlan.Slug}");
        await phone.ReloadAsync();
        Assert.DoesNotContain(Note, await phone.ContentAsync(), StringComparison.Ordinal);
    }

    private static List<string?> Kinds(JsonElement incident) => [.. incident.GetProperty("evidence").EnumerateArray().Select(piece => piece.GetProperty("kind").GetString())];

    private static async Task<IPage> PhoneAsync(IBrowser browser, Town town) => await (await browser.NewContextAsync(new()
    {
        BaseURL = town.Http.BaseAddress!.ToString(),
        ViewportSize = new() { Width = 390, Height = 844 },
        JavaScriptEnabled = false,
        IsMobile = true,
        HasTouch = true,
    })).NewPageAsync();

    private static async Task<IPage> OfficerAsync(IBrowser browser, Town town, string incident)
    {
        var page = await (await browser.NewContextAsync(new() { BaseURL = town.Http.BaseAddress!.ToString(), ReducedMotion = ReducedMotion.Reduce })).NewPageAsync();
        await page.GotoAsync("/control");
        await page.Locator("#name").FillAsync(Town.User);
        await page.Locator("#password").FillAsync(Town.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/control");
        await page.GotoAsync($"/control/incidents/{incident}");
        await Expect(page.Locator("html.is-live")).ToHaveCountAsync(1, new() { Timeout = Milliseconds });
        return page;
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
