using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Api;

/// <summary>
/// Where a home's people come in. JSON only: another site's page cannot send that here without being asked first, so there is no form token.
/// </summary>
internal static class HomeEntrance
{
    public static void MapHomeEntrance(this IEndpointRouteBuilder app)
    {
        var home = app.MapGroup("/api/home").AddEndpointFilter(async (call, next) =>
        {
            call.HttpContext.Response.Headers.CacheControl = "no-store";
            return await next(call);
        }).WithTags("One home").ProducesProblem(StatusCodes.Status400BadRequest);
        home.MapPost("/sign-up", SignUpAsync).RequireRateLimiting(SignUpLimit.Policy)
            .WithSummary("Sign up a home")
            .WithDescription("Answers its secrets, shown this once, and signs its people in. At most 10 sign-ups and claims an hour from one address.")
            .Takes<DraftBody>()
            .Produces<NewHome>()
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        home.MapPost("/claim", ClaimAsync).RequireRateLimiting(SignUpLimit.Policy)
            .WithSummary("Claim a gateway that an operator has made known")
            .WithDescription("As sign-up, with the gateway's name and the claim secret that came with it.")
            .Takes<DraftBody>()
            .Produces<NewHome>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        home.MapPost("/sign-in", SignInAsync)
            .WithSummary("Sign a home's people in")
            .Takes<KeyBody>()
            .Produces<Home>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        home.MapPost("/sign-out", (Delegate)SignOutAsync)
            .WithSummary("End the session of a home's people")
            .WithDescription("The body is any JSON, such as {}.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> SignUpAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync<DraftBody>(context.Request, cancellation) is not { Draft: { } draft })
            return WrongDraft();
        if (draft.Problem is { } problem)
            return Problems.BadRequest(problem);
        return await WelcomeAsync(context, await homes.SignUpAsync(draft, cancellation));
    }

    private static async Task<IResult> ClaimAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync<DraftBody>(context.Request, cancellation) is not { Draft: { } draft, Gateway: { } gateway, Secret: { } secret })
            return WrongDraft();
        if (draft.Problem is { } problem)
            return Problems.BadRequest(problem);
        return await homes.ClaimAsync(gateway, secret, draft, cancellation) is { } home
            ? await WelcomeAsync(context, home)
            : Problems.NotFound("No gateway is to be claimed with that name and secret.");
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, IHomes homes, SignInThrottle throttle, ILogger<SignInThrottle> logger, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync<KeyBody>(context.Request, cancellation) is not { Gateway: { Length: <= 64 } gateway, Key: { Length: <= 100 } key })
            return Problems.BadRequest("""The body must be {"gateway":"…","key":"…"}.""");
        var account = $"home {gateway}";
        if (throttle.Try(account, context.Connection.RemoteIpAddress?.ToString() ?? "") is { } wait)
        {
            logger.SignInThrottled();
            return Problems.TooMany(context, wait, "Too many tries.");
        }

        if (await homes.SignInAsync(gateway, key, cancellation) is not { } home)
        {
            logger.SignInFailed();
            return Problems.Of(StatusCodes.Status401Unauthorized, "The gateway or the key is wrong.");
        }

        throttle.Succeeded(account);
        await Residents.SignInAsync(context, home);
        return HomeAnswers.Of(home);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return Problems.BadRequest("The body must be JSON, such as {}.");
        await Residents.SignOutAsync(context);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> WelcomeAsync(HttpContext context, NewHome home)
    {
        await Residents.SignInAsync(context, home.Home);
        return HomeAnswers.Of(home, HomeJson.Lines.NewHome);
    }

    private static IResult WrongDraft() => Problems.BadRequest(
        """The body must be {"lat":…,"lon":…,"kind":"dwelling","consents":["fire"]}, with "gateway" and "secret" to claim one.""");
}
