using System.Security.Claims;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Dashboard.Access;

/// <summary>Sessions of a home's people: apart from those of staff, so that one browser may hold both.</summary>
public static class Residents
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "resident";

    /// <summary>Name of the cookie that holds a session.</summary>
    internal const string Cookie = "civic-home";

    /// <summary>Claim that names the home's gateway.</summary>
    public const string Gateway = "gateway";

    /// <summary>Claim that a session ends by: see <see cref="Home.ResidentStamp"/>.</summary>
    internal const string Stamp = "stamp";

    // A household looks in now and then; it starts anew with use.
    private static readonly TimeSpan Session = TimeSpan.FromDays(30);

    /// <summary>Starts a session for a home whose key was shown.</summary>
    public static Task SignInAsync(HttpContext context, Home home) => context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, home.Gateway), new Claim(Gateway, home.Gateway), new Claim(Stamp, home.ResidentStamp), new Claim(ClaimTypes.Role, Roles.Resident)],
        Scheme)));

    /// <summary>Ends it.</summary>
    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>The gateway of the home whose people ask; only behind policy <see cref="Roles.Resident"/>.</summary>
    public static string HomeOf(HttpContext context) => context.User.FindFirstValue(Gateway)!;

    internal static void Configure(CookieAuthenticationOptions options)
    {
        AccessServices.Configure(options, Cookie, Session, "/home/sign-in");
        options.Events.OnValidatePrincipal = EndWithTheKeyAsync;
    }

    /// <summary>A session ends when its home's key is changed or its home is erased.</summary>
    private static async Task EndWithTheKeyAsync(CookieValidatePrincipalContext context)
    {
        var homes = context.HttpContext.RequestServices.GetRequiredService<IHomes>();
        var gateway = context.Principal?.FindFirstValue(Gateway) ?? "";
        var home = await homes.FindAsync(gateway, context.HttpContext.RequestAborted);
        if (home is null || home.ResidentStamp != context.Principal!.FindFirstValue(Stamp))
            context.RejectPrincipal();
    }
}
