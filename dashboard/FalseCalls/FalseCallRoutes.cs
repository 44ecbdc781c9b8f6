using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Learning;
using CivicSignals.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.FalseCalls;

/// <summary>The premises with false calls as a page, and the button that restores a response. Policy <c>control-room</c>.</summary>
internal static class FalseCallRoutes
{
    /// <summary>Premises on one list.</summary>
    public const int Most = 500;

    public static void MapFalseCallPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/control/false-calls", ListAsync).RequireAuthorization(Roles.ControlRoom).NeverKept();
        app.MapPost("/control/false-calls/restore", RestoreAsync).RequireAuthorization(Roles.ControlRoom).TakesForm();
    }

    private static async Task<RazorComponentResult<FalseCallsPage>> ListAsync(string? did, IFalseCalls calls, CancellationToken cancellation) =>
        new(new { Standings = await calls.ListAsync(Most, cancellation), Said = Say(did) });

    private static async Task<IResult> RestoreAsync(HttpContext context, IFalseCalls calls, IGrainFactory grains, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var note = form["note"].ToString().Trim();
        if (!Enum.TryParse<Hazard>(form["hazard"], out var hazard) || note.Length > Restoring.LongestNote)
            return Missing.Failure(StatusCodes.Status400BadRequest);
        var asked = new FalseCallRestoration(form["premises"].ToString(), hazard, form["service"].ToString(), Restoring.User(context), note);
        return await Restoring.DoAsync(asked, calls, grains, cancellation) is { } done
            ? TypedResults.LocalRedirect($"/control/false-calls?did={(done ? "restored" : "unchanged")}")
            : Missing.Page();
    }

    /// <summary>The sentence for what the address says was done, or null.</summary>
    private static string? Say(string? did) => did switch
    {
        "restored" => "Restored. Unconfirmed alarms of these premises are sent again, and false calls are counted anew.",
        "unchanged" => "The response was not withdrawn any more. Nothing was changed.",
        _ => null,
    };
}
