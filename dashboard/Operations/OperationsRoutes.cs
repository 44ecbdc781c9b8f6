using CivicSignals.Accounting;
using CivicSignals.Dashboard.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Operations;

/// <summary>The operations page. Policy <c>operator</c>.</summary>
internal static class OperationsRoutes
{
    private const int LettersShown = 100;

    public static void MapOperations(this IEndpointRouteBuilder app) =>
        app.MapGet("/ops", Operations).RequireAuthorization("operator").NeverKept();

    private static RazorComponentResult<OperationsPage> Operations(MessageAccount account, DeadLetters letters, Latencies latencies) =>
        new(new { Totals = account.Read(), Letters = letters.Newest(LettersShown), Latencies = latencies });
}
