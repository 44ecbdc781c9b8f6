using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Homes;

/// <summary>Signing up a home, and claiming a gateway that a landlord or council made known.</summary>
internal static class JoinRoutes
{
    private const string NothingToClaim = "No gateway waits to be claimed with that name and code. Check both against the letter; a code is good once.";

    public static void MapJoining(this IEndpointRouteBuilder app)
    {
        app.MapGet("/join", () => Page(new HomeForm(), isClaim: false)).AllowAnonymous().NeverKept();
        app.MapPost("/join", SignUpAsync).AllowAnonymous().TakesForm().RequireRateLimiting(SignUpLimit.Policy);
        app.MapGet("/claim", () => Page(new HomeForm(), isClaim: true)).AllowAnonymous().NeverKept();
        app.MapPost("/claim", ClaimAsync).AllowAnonymous().TakesForm().RequireRateLimiting(SignUpLimit.Policy);
    }

    private static async Task<IResult> SignUpAsync(HttpContext context, IHomes homes, ShownOnce shown, CancellationToken cancellation)
    {
        var form = HomeForm.Read(await context.Request.ReadFormAsync(cancellation));
        return form.Draft is { } draft
            ? await WelcomeAsync(context, shown, await homes.SignUpAsync(draft, cancellation))
            : Page(form.Refused(), isClaim: false);
    }

    private static async Task<IResult> ClaimAsync(HttpContext context, IHomes homes, ShownOnce shown, CancellationToken cancellation)
    {
        var fields = await context.Request.ReadFormAsync(cancellation);
        var form = HomeForm.Read(fields);
        if (form.Draft is not { } draft)
            return Page(form.Refused(), isClaim: true);
        return await homes.ClaimAsync(form.Gateway, fields["secret"].ToString().Trim(), draft, cancellation) is { } home
            ? await WelcomeAsync(context, shown, home)
            : Page(form with { Problem = NothingToClaim }, isClaim: true);
    }

    private static async Task<IResult> WelcomeAsync(HttpContext context, ShownOnce shown, NewHome home)
    {
        await Residents.SignInAsync(context, home.Home);
        shown.Put(context, new NewSecrets(home.Home.Gateway, home.MqttSecret, home.ResidentKey));
        return TypedResults.LocalRedirect("/home/connect");
    }

    private static RazorComponentResult<JoinPage> Page(HomeForm form, bool isClaim) => new(new { Form = form, IsClaim = isClaim })
    {
        StatusCode = form.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
    };
}
