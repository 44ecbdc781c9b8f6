using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Dashboard.Homes;

/// <summary>The pages about homes: for those who join, for their people, for the operator.</summary>
internal static class HomePagesRouting
{
    public static void AddHomePages(this IServiceCollection services)
    {
        services.AddOptions<GatewayAddressOptions>().BindConfiguration("Mqtt")
            .Validate(mqtt => mqtt.IsValid, "Mqtt:PublicUrl must be mqtt://name:port or mqtts://name:port")
            .ValidateOnStart();
        services.AddSingleton<GatewayAddresses>().AddSingleton<ShownOnce>();
    }

    public static void MapHomePages(this IEndpointRouteBuilder app)
    {
        app.MapJoining();
        app.MapResidentEntrance();
        app.MapResident();
        app.MapHomeOperations();
        app.MapHomeImport();
    }
}
