using System.Text.Json;
using CivicSignals.Dashboard.Api;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Feeds;

/// <summary><c>/n/{slug}/feed.atom</c>: a neighbourhood's last alerts.</summary>
internal static class FeedEndpoints
{
    private const int Last = 50;

    public static void MapFeeds(this IEndpointRouteBuilder app) =>
        app.MapMethods("/n/{slug}/feed.atom", PublicApi.Methods, FeedAsync).RequireCors(PublicApi.Cors)
            .WithTags("Public alerts")
            .WithSummary("A neighbourhood's last 50 alerts as Atom with GeoRSS")
            .Produces<string>(StatusCodes.Status200OK, "application/atom+xml")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> FeedAsync(
        string slug, HttpContext context, ILedgerReader ledger, NeighbourhoodMap map, AtomFeed feed, PublicAddress address, CancellationToken cancellation)
    {
        if (map.BySlug(slug) is not { } neighbourhood)
            return Problems.NotFound("No neighbourhood has that slug.");
        var entries = await ledger.PublicAlertsAsync(new PublicAlertQuery(slug, Limit: Last), cancellation);
        var alerts = entries.Select(entry => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Alert)!).ToList();
        var body = feed.Write(neighbourhood, alerts, path => address.Of(context.Request, path));
        return PublicApi.Answer(context, body, "application/atom+xml; charset=utf-8", PublicApi.State(entries));
    }
}
