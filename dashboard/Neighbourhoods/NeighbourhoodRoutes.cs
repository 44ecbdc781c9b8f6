using CivicSignals.Dashboard.Layout;
using CivicSignals.Dashboard.Reports;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Neighbourhoods;

/// <summary>The public pages. They are the same for everyone, so that caches in front may keep them for a few seconds.</summary>
internal static class NeighbourhoodRoutes
{
    public static void MapNeighbourhoods(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", HomeAsync).Cacheable();
        app.MapGet("/n/{slug}", NeighbourhoodAsync).Cacheable();
        app.MapGet("/alerts/{id}", AlertAsync).Cacheable();
        app.MapWidget();
        app.MapReportForms();
    }

    private static async Task<IResult> HomeAsync(
        string? fragment, NeighbourhoodMap neighbourhoods, ILedgerReader ledger, TimeProvider clock, CancellationToken cancellation)
    {
        var shelf = await AlertShelf.ReadAsync(ledger, null, clock.GetUtcNow(), cancellation);
        return fragment is null
            ? new RazorComponentResult<HomePage>(new { Neighbourhoods = neighbourhoods, Shelf = shelf })
            : new RazorComponentResult<NeighbourhoodList>(new { Neighbourhoods = neighbourhoods, Shelf = shelf });
    }

    private static async Task<IResult> NeighbourhoodAsync(
        string slug, string? fragment, string? said, NeighbourhoodMap neighbourhoods, ILedgerReader ledger, IQuestionStore questions, TimeProvider clock, CancellationToken cancellation)
    {
        if (neighbourhoods.BySlug(slug) is not { } neighbourhood)
            return Missing.Page();
        var shelf = await AlertShelf.ReadAsync(ledger, slug, clock.GetUtcNow(), cancellation);
        if (fragment is not null)
            return new RazorComponentResult<NeighbourhoodAlerts>(new { Shelf = shelf });
        var asked = await questions.OpenAsync(slug, null, clock.GetUtcNow(), cancellation);
        return new RazorComponentResult<NeighbourhoodPage>(new { Neighbourhood = neighbourhood, Shelf = shelf, Questions = asked, Said = said });
    }

    private static async Task<IResult> AlertAsync(
        string id, string? said, ILedgerReader ledger, IQuestionStore questions, TimeProvider clock, CancellationToken cancellation)
    {
        var versions = AlertShelf.Read(await ledger.AlertAsync(id, cancellation));
        if (versions.Count == 0)
            return Missing.Page();
        var told = versions[^1].SupersededBy is { } incident ? AlertShelf.Read(await ledger.IncidentAsync(incident, cancellation)) : [];
        var asked = await questions.OpenAsync(null, versions[^1].Incident, clock.GetUtcNow(), cancellation);
        return new RazorComponentResult<AlertPage>(new { Versions = versions, Successor = told is [.., var newest] ? newest : null, Questions = asked, Said = said });
    }
}
