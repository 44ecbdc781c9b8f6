using Orleans.Dashboard;

namespace CivicSignals.Silo.Hosting;

/// <summary>The Orleans Dashboard, for operators only: it shows keys and state.</summary>
internal static class GrainDashboard
{
    /// <summary>Name of the authorization policy that operators meet.</summary>
    public const string Policy = "operator";

    public static void MapGrainDashboard(this WebApplication app) => app.MapOrleansDashboard("/orleans").RequireAuthorization(Policy);
}
