using CivicSignals.Dashboard.Layout;
using CivicSignals.Silos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Operations;

/// <summary>The operations page. Policy <c>operator</c>.</summary>
internal static class OperationsRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/ops", Operations).RequireAuthorization("operator").NeverKept();
        app.MapPost("/ops/rejected", ResubmissionForm.PostAsync).RequireAuthorization("operator").NeverKept();
    }

    private static async Task<RazorComponentResult<OperationsPage>> Operations(
        OwnReport own, IGrainFactory grains, ILogger<OperationsPage> logger, string? sent, CancellationToken cancellation)
    {
        var silos = await SilosAsync(grains, logger, cancellation);
        var overview = Overview.Of(silos is { Count: > 1 } ? silos : [own.Read("this silo")]); // Of one alone what is so now, not some seconds ago.
        return new(new { Overview = overview, Silos = silos, Sent = sent });
    }

    /// <summary>Null: the grains do not answer now; the rest of the page is this silo's own.</summary>
    private static async Task<IReadOnlyList<SiloReport>?> SilosAsync(IGrainFactory grains, ILogger logger, CancellationToken cancellation)
    {
        try
        {
            return await grains.GetGrain<ISiloBoard>(0).ReadAsync(cancellation).WaitAsync(Patience, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            logger.SilosNotRead(e);
            return null;
        }
    }
}
