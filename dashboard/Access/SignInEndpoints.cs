using System.Globalization;
using System.Security.Claims;
using CivicSignals.Dashboard.Documents;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Access;

/// <summary>What the sign-in page and the sign-out button post to. Refusals are a status only: what people then see is the pages' matter.</summary>
internal static class SignInEndpoints
{
    private const string AfterSignIn = "/control";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in", SignInAsync).TakesForm()
            .WithTags("Sign-in")
            .WithSummary("Sign in as staff")
            .WithDescription("What the sign-in page posts, with its antiforgery token. Programs send a bearer token instead.")
            .Takes<SignInForm>("application/x-www-form-urlencoded")
            .Produces(StatusCodes.Status302Found)
            .Produces(StatusCodes.Status400BadRequest)
            .Produces(StatusCodes.Status429TooManyRequests);
        app.MapPost("/sign-out", (Delegate)SignOutAsync).TakesForm()
            .WithTags("Sign-in")
            .WithSummary("End the session of staff")
            .WithDescription("A form with the antiforgery token only.")
            .Produces(StatusCodes.Status302Found)
            .Produces(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, Passwords passwords, SignInThrottle throttle, ILogger<SignInThrottle> logger, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var name = form["name"].ToString().Trim();
        var returnUrl = Local(form["returnUrl"].ToString());
        if (throttle.Try(name, context.Connection.RemoteIpAddress?.ToString() ?? "") is { } wait)
        {
            logger.SignInThrottled();
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await passwords.CheckAsync(name, form["password"].ToString(), cancellation) is not { } user)
        {
            logger.SignInFailed();
            var back = new QueryBuilder { { "failed", "1" }, { "returnUrl", returnUrl } };
            return TypedResults.LocalRedirect("/sign-in" + back.ToQueryString());
        }

        throttle.Succeeded(name);
        var person = new ClaimsPrincipal(AccessTokens.Identity(user.Name, user.Roles, CookieAuthenticationDefaults.AuthenticationScheme));
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, person);
        return TypedResults.LocalRedirect(returnUrl);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect("/");
    }

    /// <summary>An address on this site, whatever was asked for.</summary>
    private static string Local(string url) =>
        url.Length is > 0 and <= 2000 && url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\') && url.All(c => c is > ' ' and < '\x7f')
            ? url
            : AfterSignIn;
}
