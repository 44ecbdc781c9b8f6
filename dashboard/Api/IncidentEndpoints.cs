using CivicSignals.Dashboard.Access;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>Incidents as JSON, for control rooms.</summary>
internal static class IncidentEndpoints
{
    private const string Json = "application/json";
    private const int Most = 1000;

    public static void MapIncidents(this IEndpointRouteBuilder app)
    {
        var incidents = app.MapGroup("/api/incidents").RequireAuthorization(Roles.ControlRoom).AddEndpointFilter(async (call, next) =>
        {
            call.HttpContext.Response.Headers.CacheControl = "no-store";
            return await next(call);
        });
        incidents.MapGet("", ListAsync);
        incidents.MapGet("/{id}", OneAsync);
        incidents.MapPost("/{id}/actions", IncidentActions.ActAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ILedgerReader ledger, CancellationToken cancellation)
    {
        var query = new QueryReader(request.Query);
        var asked = new IncidentQuery(query.Flag("open"), query.Time("since"), query.Number("cursor", 1, long.MaxValue));
        var size = (int)(query.Number("limit", 1, Most) ?? asked.Limit);
        if (query.Wrong is { } wrong)
            return Problems.BadRequest(wrong);

        // One more than asked for tells whether there is a next page.
        var entries = await ledger.IncidentsAsync(asked with { Limit = Math.Min(size + 1, Most) }, cancellation);
        var more = entries.Count > size || entries.Count == Most;
        return TypedResults.Bytes(IncidentJson.Page([.. entries.Take(size)], more), Json);
    }

    private static async Task<IResult> OneAsync(string id, ILedgerReader ledger, CancellationToken cancellation)
    {
        var entries = await ledger.IncidentAsync(id, cancellation);
        return entries.Any(entry => entry.Type == EntryType.Incident)
            ? TypedResults.Bytes(IncidentJson.One(entries), Json)
            : Problems.NotFound("No incident has that id.");
    }
}
