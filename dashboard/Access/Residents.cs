using System.Security.Claims;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.Access;

/// <summary>Sessions of a home's people: apart from those of staff, so that one browser may hold both.</summary>
public static class Residents
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "resident";

    /// <summary>Claim that names the home's gateway.</summary>
    public const string Gateway = "gateway";

    /// <summary>Claim that a session ends by: see <see cref="Home.ResidentStamp"/>.</summary>
    internal const string Stamp = "stamp";

    /// <summary>Starts a session for a home whose key was shown.</summary>
    public static Task SignInAsync(HttpContext context, Home home) => context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, home.Gateway), new Claim(Gateway, home.Gateway), new Claim(Stamp, home.ResidentStamp), new Claim(ClaimTypes.Role, Roles.Resident)],
        Scheme)));

    /// <summary>Ends it.</summary>
    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>The gateway of the home whose people ask; only behind policy <see cref="Roles.Resident"/>.</summary>
    public static string HomeOf(HttpContext context) => context.User.FindFirstValue(Gateway)!;
}
