using CivicSignals.Dashboard.Layout;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Silence;

/// <summary>The fire service's home-safety list as a page. Policy <c>control-room</c>.</summary>
internal static class PreventionRoutes
{
    /// <summary>Homes on one list.</summary>
    public const int Most = 500;

    public static void MapPrevention(this IEndpointRouteBuilder app) =>
        app.MapGet("/control/prevention", ListAsync).RequireAuthorization("control-room").NeverKept();

    private static async Task<RazorComponentResult<PreventionPage>> ListAsync(IHomeFacts facts, CancellationToken cancellation) =>
        new(new { Entries = await facts.PreventionAsync(Most, cancellation) });
}
