using System.Net;
using System.Net.Http.Headers;
using CivicSignals.Dashboard.Access;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Access;

public sealed class AccessTokensTests
{
    [Fact]
    public async Task Token_IssuedByAnotherProcessOnTheSameDataFolder_IsGood()
    {
        await using var site = await Site.StartAsync();
        var elsewhere = AccessTokens.Open(site.DataPath, site.Time).Issue("cli", [Roles.ControlRoom]);
        Assert.Matches("^[A-Za-z0-9_-]+$", elsewhere);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(site, elsewhere));
        Assert.Equal("robot", AccessTokens.Open(site.DataPath, site.Time).Validate(site.Token(Roles.Operator))?.Identity?.Name);
    }

    [Fact]
    public async Task Token_OfAnotherInstallation_IsRefused()
    {
        await using var site = await Site.StartAsync();
        await using var other = await Site.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(site, other.Token(Roles.ControlRoom)));
    }

    [Fact]
    public async Task Token_AfterItsEnd_IsRefused()
    {
        await using var site = await Site.StartAsync();
        var token = site.Token(Roles.ControlRoom);
        site.Time.Advance(AccessTokens.DefaultLifetime - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(site, token));
        site.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(site, token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.")]
    public async Task Token_ThatIsNone_IsRefused(string token)
    {
        await using var site = await Site.StartAsync();
        Assert.Null(AccessTokens.Open(site.DataPath, site.Time).Validate(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(site, token));
    }

    [Fact]
    public async Task Token_Changed_IsRefused()
    {
        await using var site = await Site.StartAsync();
        var token = site.Token(Roles.ControlRoom);
        var changed = token[..^5] + (token[^5] == 'A' ? 'B' : 'A') + token[^4..];
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(site, changed));
    }

    [Fact]
    public async Task Issue_UnknownRole_IsRefused()
    {
        await using var site = await Site.StartAsync();
        Assert.Throws<ArgumentException>(() => site.Token("root"));
        Assert.Throws<ArgumentException>(() => site.Token());
    }

    private static async Task<HttpStatusCode> StatusAsync(Site site, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/incidents");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await site.Http.SendAsync(request);
        return response.StatusCode;
    }
}
