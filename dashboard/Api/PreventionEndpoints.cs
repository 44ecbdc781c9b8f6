using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>The fire service's home-safety list as JSON, for control rooms.</summary>
internal static class PreventionEndpoints
{
    private const int Most = 1000;

    public static void MapPreventionList(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/prevention", ListAsync)
            .RequireAuthorization(Roles.ControlRoom)
            .WithTags("Homes")
            .WithSummary("Homes that a safety visit would help, and agreed to be told of")
            .WithDescription("No queue and no alert: what devices say of themselves, and alarms that often go off for nothing.")
            .AsksNumber("limit", 1, Most, "Most to list; all of 1000 where absent.")
            .Produces<PreventionList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ListAsync(HttpContext context, IHomeFacts facts, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        var query = new QueryReader(context.Request.Query);
        var limit = (int)(query.Number("limit", 1, Most) ?? Most);
        return query.Wrong is { } wrong
            ? Problems.BadRequest(wrong)
            : HomeAnswers.Of(new PreventionList(await facts.PreventionAsync(limit, cancellation)), HomeJson.Lines.PreventionList);
    }
}
