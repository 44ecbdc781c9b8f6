using System.Globalization;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Homes;

/// <summary>Where a home's people come in and go out.</summary>
internal static class ResidentEntrance
{
    public static void MapResidentEntrance(this IEndpointRouteBuilder app)
    {
        app.MapGet("/home/sign-in", (string? failed) => new RazorComponentResult<ResidentSignInPage>(new { Failed = failed is not null }))
            .AllowAnonymous().NeverKept();
        app.MapPost("/home/sign-in", SignInAsync).AllowAnonymous().TakesForm();
        app.MapPost("/home/sign-out", (Delegate)SignOutAsync).RequireAuthorization(Roles.Resident).TakesForm();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, IHomes homes, SignInThrottle throttle, ILogger<SignInThrottle> logger, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (gateway, key) = (form["gateway"].ToString().Trim(), form["key"].ToString().Trim());
        var account = $"home {gateway}";
        if (throttle.Try(account, context.Connection.RemoteIpAddress?.ToString() ?? "") is { } wait)
        {
            logger.SignInThrottled();
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await homes.SignInAsync(gateway, key, cancellation) is not { } home)
        {
            logger.SignInFailed();
            return TypedResults.LocalRedirect("/home/sign-in?failed=1");
        }

        throttle.Succeeded(account);
        await Residents.SignInAsync(context, home);
        return TypedResults.LocalRedirect("/home");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        ShownOnce.Forget(context);
        await Residents.SignOutAsync(context);
        return TypedResults.LocalRedirect("/");
    }
}
