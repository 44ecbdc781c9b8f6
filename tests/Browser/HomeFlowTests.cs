using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>What a home's people do from joining to leaving, with scripts off unless scripts are what is tried.</summary>
public sealed class HomeFlowTests(HomeBrowser browser) : IClassFixture<HomeBrowser>
{
    [Fact]
    public async Task Resident_FromSignUpToErasure_NeedsNoScripts()
    {
        await using var visit = await browser.VisitAsync(390, scripts: false);
        var page = visit.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add your home" }).ClickAsync();
        await FillPlaceAsync(page, "53.0466", "-2.9925");
        await page.GetByLabel("Your neighbours").CheckAsync();
        await Press(page, "Add my home");

        var gateway = await page.Locator("#gateway-name").InnerTextAsync();
        var password = await page.Locator("#mqtt-password").InnerTextAsync();
        var key = await page.Locator("#resident-key").InnerTextAsync();
        await Assertions.Expect(page.Locator("#mosquitto")).ToContainTextAsync($"remote_password {password}\n");
        await Assertions.Expect(page.Locator("#z2m")).ToContainTextAsync($"password: '{password}'");
        await Press(page, "I have kept them");
        await Assertions.Expect(page.GetByText("Your gateway has not been heard yet.")).ToBeVisibleAsync();

        await page.GotoAsync("/home/connect");
        Assert.DoesNotContain(password, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GotoAsync("/home");
        await Press(page, "Sign out");
        await page.GotoAsync("/home");
        Assert.Equal("/home/sign-in", new Uri(page.Url).AbsolutePath);
        await page.GetByLabel("Name of your gateway").FillAsync(gateway);
        await page.GetByLabel("Resident key").FillAsync(key);
        await Press(page, "Sign in");

        await Press(page, "Withdraw: Your neighbours");
        await Assertions.Expect(page.GetByText("Withdrawn. It counts at once")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Give consent: Your neighbours" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Erase everything" }).ClickAsync();
        await page.GetByLabel("Yes, erase my home").CheckAsync();
        await Press(page, "Erase everything");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your home is erased" })).ToBeVisibleAsync();
        Assert.Null(await browser.Site.Homes.FindAsync(gateway, default));
        await page.GotoAsync("/home");
        Assert.Equal("/home/sign-in", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Claim_WithTheCodeOfTheLetter_MakesItAHome()
    {
        await using var visit = await browser.VisitAsync(scripts: false);
        var page = visit.Page;
        await page.GotoAsync("/claim");
        await page.GetByLabel("Name of the gateway").FillAsync(HomesFake.Unclaimed);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("a wrong code");
        await FillPlaceAsync(page, "53.0402", "-2.9955");
        await Press(page, "Claim this gateway");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No gateway waits to be claimed with that name and code.");
        await Assertions.Expect(page.GetByLabel("Latitude")).ToHaveValueAsync("53.0402");

        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(HomesFake.ClaimCode);
        await Press(page, "Claim this gateway");
        await Assertions.Expect(page.Locator("#gateway-name")).ToHaveTextAsync(HomesFake.Unclaimed);
        Assert.True((await browser.Site.Homes.FindAsync(HomesFake.Unclaimed, default))!.IsClaimed);
    }

    [Fact]
    public async Task Devices_AreCountedInWords_AndKeepTheirRooms()
    {
        await using var visit = await browser.VisitAsync(390, scripts: false);
        var page = visit.Page;
        await page.GotoAsync($"/test/home/{HomesFake.Maple}");
        await page.GotoAsync("/home");
        await Assertions.Expect(page.GetByText("2 smoke alarms, 1 heat alarm, 1 CO alarm, 1 leak sensor and 1 other device found")).ToBeVisibleAsync();
        await page.GetByLabel("Room of boiler").FillAsync("Boiler cupboard");
        await page.GetByLabel("Room of hall smoke").FillAsync("");
        await Press(page, "Save the rooms");
        await Assertions.Expect(page.GetByText("The rooms are saved.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Room of boiler")).ToHaveValueAsync("Boiler cupboard");
        await Assertions.Expect(page.GetByLabel("Room of hall smoke")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByLabel("Room of kitchen heat")).ToHaveValueAsync("Kitchen");
    }

    [Fact]
    public async Task NewKey_OnOneDevice_SignsTheOthersOut()
    {
        await using var phone = await browser.VisitAsync(390, scripts: false);
        await using var desk = await browser.VisitAsync(scripts: false);
        foreach (var page in new[] { phone.Page, desk.Page })
        {
            await page.GotoAsync($"/test/home/{HomesFake.Oak}");
            await page.GotoAsync("/home");
        }

        await Press(desk.Page, "New resident key");
        await Assertions.Expect(desk.Page.Locator("#resident-key")).ToBeVisibleAsync();
        await phone.Page.ReloadAsync();
        Assert.Equal("/home/sign-in", new Uri(phone.Page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Place_ByMapOrByDevice_FillsTheFields()
    {
        await using var visit = await browser.VisitAsync();
        var page = visit.Page;
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await page.Context.SetGeolocationAsync(new() { Latitude = 53.04451f, Longitude = -2.99812f, Accuracy = 12 });
        await page.GotoAsync("/join");
        await page.Locator("[data-place-map][data-ready=true]").WaitForAsync();
        await Press(page, "Use where I am");
        await Assertions.Expect(page.GetByText("Found, to within 12 m.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Latitude")).ToHaveValueAsync("53.04451");

        await page.Locator("[data-place-map] canvas").ClickAsync(new() { Position = new() { X = 60, Y = 60 } });
        await Assertions.Expect(page.GetByLabel("Latitude")).Not.ToHaveValueAsync("53.04451");
        await Assertions.Expect(page.GetByLabel("Latitude")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"^53\.0\d{4}$"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Copy_Snippet_IsOnTheClipboardAsItStands()
    {
        await using var visit = await browser.VisitAsync();
        var page = visit.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync($"/test/home/{HomesFake.Maple}");
        await page.GotoAsync("/home/connect");
        await Press(page, "Copy: Mosquitto bridge");
        await Assertions.Expect(page.GetByText("Copied")).ToBeVisibleAsync();
        Assert.Equal(await page.Locator("#mosquitto").TextContentAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Operator_RevokesAndRenews_WithoutScripts()
    {
        await using var visit = await browser.VisitAsync(scripts: false);
        var page = visit.Page;
        await page.GotoAsync("/test/as/operator");
        await page.GotoAsync("/ops");
        await page.GetByRole(AriaRole.Link, new() { Name = "Homes" }).ClickAsync();
        await page.GetByLabel("Gateway or premises contains").FillAsync("quiet");
        await page.GetByLabel("Show", new() { Exact = true }).SelectOptionAsync("silent");
        await Press(page, "Show");
        await page.GetByRole(AriaRole.Link, new() { Name = "gw-quiet" }).ClickAsync();
        await Press(page, "Revoke");
        await Assertions.Expect(page.GetByText("Revoked. Its connections are closed and new ones are refused.")).ToBeVisibleAsync();
        await Press(page, "New MQTT password");
        var password = await page.Locator("#mqtt-password").InnerTextAsync();
        Assert.Contains(password, browser.Site.Homes.Secrets);
        await Press(page, "I have kept it");
        Assert.DoesNotContain(password, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Null((await browser.Site.Homes.FindAsync("gw-quiet", default))!.RevokedAt);
    }

    private static async Task FillPlaceAsync(IPage page, string lat, string lon)
    {
        await page.GetByLabel("Latitude").FillAsync(lat);
        await page.GetByLabel("Longitude").FillAsync(lon);
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
