using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Dashboard.FalseCalls;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>Premises with false calls as JSON, for control rooms.</summary>
internal static class FalseCallEndpoints
{
    private const int Most = 1000;

    public static void MapFalseCalls(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("/api/false-calls").RequireAuthorization(Roles.ControlRoom).AddEndpointFilter(ChangeGuard.CheckAsync).WithTags("False calls");
        calls.MapGet("", ListAsync)
            .WithSummary("Premises with false calls that count, the furthest step first")
            .WithDescription("A false call is an alarm that a service was told of, or would have been, and that a person found false. Confirmed alarms are always sent.")
            .AsksNumber("limit", 1, Most, "Most to list; all of 1000 where absent.")
            .Produces<FalseCallList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        calls.MapPost("/{premises}/restore", RestoreAsync)
            .WithSummary("Say that the cause is fixed: restore the response to unconfirmed alarms")
            .WithDescription("Answered when it is on disk; false calls are counted anew.")
            .Takes<RestoreBody>()
            .Produces<ActionAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IFalseCalls calls, CancellationToken cancellation)
    {
        var query = new QueryReader(request.Query);
        var limit = (int)(query.Number("limit", 1, Most) ?? Most);
        return query.Wrong is { } wrong
            ? Problems.BadRequest(wrong)
            : HomeAnswers.Of(new FalseCallList(await calls.ListAsync(limit, cancellation)), LedgerJson.Lines.FalseCallList);
    }

    private static async Task<IResult> RestoreAsync(string premises, HttpContext context, IFalseCalls calls, IGrainFactory grains, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync<RestoreBody>(context.Request, cancellation) is not { Service: not null } body || body.Note?.Length > Restoring.LongestNote)
            return Problems.BadRequest("The body must be {\"hazard\":\"Intrusion\",\"service\":\"police\",\"note\":\"\"}, the note of at most 1,000 characters.");
        var asked = new FalseCallRestoration(premises, body.Hazard, body.Service, Restoring.User(context), body.Note ?? "");
        return await Restoring.DoAsync(asked, calls, grains, cancellation) switch
        {
            true => TypedResults.Bytes("""{"result":"done"}"""u8.ToArray(), "application/json"),
            false => TypedResults.Bytes("""{"result":"unchanged"}"""u8.ToArray(), "application/json"),
            null => Problems.NotFound("No false calls of those premises count for that hazard and service."),
        };
    }
}
