using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Fusion;
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
        }).WithTags("Incidents");
        incidents.MapGet("", ListAsync)
            .WithSummary("Incidents, newest first")
            .AsksFlag("open", "Only open ones, or only closed ones.")
            .AsksTime("since", "Only those that have changed since.")
            .AsksNumber("limit", 1, Most, "Most on a page; 100 where absent.")
            .AsksNumber("cursor", 1, long.MaxValue, "The page after: `next` of the one before.")
            .Produces<IncidentPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        incidents.MapGet("/{id}", OneAsync)
            .WithSummary("One incident with its whole record")
            .Produces<IncidentWithRecord>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        incidents.MapPost("/{id}/actions", IncidentActions.ActAsync)
            .WithSummary("Act on an incident")
            .WithDescription("Answered when it is on disk. The same action again changes nothing. What is split off gets a new id: `other` of the last action.")
            .Takes<ActionBody>()
            .Produces<ActionAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
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

    private static async Task<IResult> OneAsync(string id, ILedgerReader ledger, IPostStore posts, FusionModel model, CancellationToken cancellation)
    {
        var entries = await ledger.IncidentAsync(id, cancellation);
        if (!entries.Any(entry => entry.Type == EntryType.Incident))
            return Problems.NotFound("No incident has that id.");
        var origins = await ControlRoom.IncidentPosts.WithOriginsAsync(entries, ledger, cancellation);
        return TypedResults.Bytes(IncidentJson.One(entries, await ControlRoom.IncidentPosts.ReadAsync(origins, posts, cancellation), model), Json);
    }
}
