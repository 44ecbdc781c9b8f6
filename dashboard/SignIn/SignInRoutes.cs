using CivicSignals.Dashboard.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.SignIn;

/// <summary>The sign-in page. Its form is answered by the access code, at the same address.</summary>
internal static class SignInRoutes
{
    public static void MapSignInPage(this IEndpointRouteBuilder app) => app.MapGet("/sign-in", Page).AllowAnonymous().NeverKept();

    private static RazorComponentResult<SignInPage> Page(string? returnUrl, string? failed) =>
        new(new { ReturnUrl = Local(returnUrl), Failed = failed is not null });

    /// <summary>Only a path on this site; anything else leads to the queue.</summary>
    private static string Local(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] ? url : "/control";
}
