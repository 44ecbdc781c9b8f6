using CivicSignals.Dashboard.Access;
using CivicSignals.Homes;
using CivicSignals.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>Residents who reported or answered, for operators.</summary>
internal static class ReporterEndpoints
{
    private const int Longest = 100;

    public static void MapReporters(this IEndpointRouteBuilder app) => app.MapGroup("/api/reporters")
        .RequireAuthorization(Roles.Operator)
        .AddEndpointFilter(ChangeGuard.CheckAsync)
        .WithTags("Residents")
        .MapDelete("/{reporter}", EraseAsync)
        .WithSummary("Forget a resident who reported or answered")
        .WithDescription("A person has another pseudonym every day: find each in the incidents that the person names. Incidents and counts stay. Answered when nothing on disk names it. After a failure: do it again.")
        .Produces<ErasureReport>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> EraseAsync(string reporter, [FromServices] IReporters reporters, CancellationToken cancellation) =>
        reporter.Length <= Longest && reporter.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? HomeAnswers.Of(await reporters.EraseAsync(reporter, cancellation), HomeJson.Lines.ErasureReport)
            : Problems.BadRequest("A pseudonym is of letters, digits, - and _, at most 100.");
}
