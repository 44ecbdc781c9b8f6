using System.Net;
using System.Net.Http.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Access;

public sealed class SignInTests
{
    [Theory]
    [InlineData("/control/incidents/i1?x=1", "/control/incidents/i1?x=1")]
    [InlineData("", "/control")]
    [InlineData("https://evil.example/", "/control")]
    [InlineData("//evil.example/", "/control")]
    [InlineData("/\\evil.example/", "/control")]
    [InlineData("/\t/evil.example/", "/control")]
    [InlineData("/n/hafod-\u00e9lan", "/control")]
    public async Task SignIn_RightPassword_OpensTheControlRoomAndLeadsBackToThisSiteOnly(string returnUrl, string expected)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.Browser();
        using var response = await Site.SignInAsync(browser, "Ann", Site.Password, returnUrl);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), value => value.StartsWith("civic-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/incidents")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/test/operator")).StatusCode);
    }

    [Theory]
    [InlineData("ann", "wrong")]
    [InlineData("nobody", Site.Password)]
    [InlineData("nobody", "")]
    [InlineData("", "")]
    public async Task SignIn_WrongNameOrPassword_GivesOneAnswer(string name, string password)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.Browser();
        using var response = await Site.SignInAsync(browser, name, password, "/control?a=b&c");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in?failed=1&returnUrl=%2Fcontrol%3Fa%3Db%26c", response.Headers.Location?.OriginalString);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/incidents")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithoutFormToken_IsRefused()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.Browser();
        var form = new Dictionary<string, string> { ["name"] = "ann", ["password"] = Site.Password };
        using var response = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        form["__RequestVerificationToken"] = await Site.FormTokenAsync(browser);
        form["returnUrl"] = new string('x', 100_000);
        using var large = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var json = await browser.PostAsJsonAsync("/sign-in", form);
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithFormToken_EndsTheSession()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.Browser();
        await Site.SignInAsync(browser, "olu", Site.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/test/operator")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", null)).StatusCode);
        var form = new Dictionary<string, string> { ["__RequestVerificationToken"] = await Site.FormTokenAsync(browser) };
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync("/sign-out", new FormUrlEncodedContent(form))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/incidents")).StatusCode);
    }

    [Fact]
    public async Task SignIn_TooManyTries_WaitsEvenForTheRightPassword()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.Browser();
        for (var i = 0; i < SignInThrottle.PerAccount; i++)
            Assert.Equal(HttpStatusCode.Redirect, (await Site.SignInAsync(browser, "ann", "wrong")).StatusCode);
        using var refused = await Site.SignInAsync(browser, "ANN", Site.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(SignInThrottle.Window, refused.Headers.RetryAfter?.Delta);
        Assert.Equal("/control", (await Site.SignInAsync(browser, "olu", Site.Password)).Headers.Location?.OriginalString);
        site.Time.Advance(SignInThrottle.Window);
        Assert.Equal("/control", (await Site.SignInAsync(browser, "ann", Site.Password)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task FirstUser_NoneGiven_IsMadeWithAPasswordPrintedOnce()
    {
        await using var site = await Site.StartEmptyAsync();
        var line = Assert.Single(site.Printed.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var password = line.Split("password: ")[1].Split(' ')[0];
        Assert.Equal(20, password.Length);
        using var browser = site.Browser();
        Assert.Equal("/control", (await Site.SignInAsync(browser, "admin", password)).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/test/operator")).StatusCode);
    }

    [Fact]
    public async Task FirstUser_Given_IsMadeAndNothingIsPrinted()
    {
        await using var site = await Site.StartEmptyAsync(("Auth:FirstUser", "chief"), ("Auth:FirstPassword", "a long enough one"));
        Assert.Empty(site.Printed.ToString());
        using var browser = site.Browser();
        Assert.Equal("/control", (await Site.SignInAsync(browser, "chief", "a long enough one")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task FirstUser_ThereIsOne_IsLeftAlone()
    {
        await using var site = await Site.StartAsync(null, ("Auth:FirstUser", "chief"), ("Auth:FirstPassword", "a long enough one"));
        Assert.Null(await site.Users.FindAsync("chief", default));
    }
}
