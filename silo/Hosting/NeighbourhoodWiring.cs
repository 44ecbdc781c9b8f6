using CivicSignals.Neighbourhoods;
using CivicSignals.Silo.Demo;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.Hosting;

/// <summary>The neighbourhoods that are served.</summary>
internal static class NeighbourhoodWiring
{
    public static void AddNeighbourhoods(this IHostApplicationBuilder builder)
    {
        builder.AddSection<NeighbourhoodOptions>("Neighbourhoods", options => options.Problems());
        builder.Services.AddSingleton(services => Load(services.GetRequiredService<IOptions<NeighbourhoodOptions>>().Value.File));
    }

    /// <summary>The streets that come with the platform, while its own neighbourhoods are the ones served.</summary>
    public static void MapStreets(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<NeighbourhoodOptions>>().Value.File.Length == 0)
            app.MapGet("/api/streets.geojson", () => Results.Bytes(DemoTown.StreetsGeoJson, "application/geo+json")).AllowAnonymous()
                .WithTags("Public alerts").WithSummary("The bundled town's streets as GeoJSON").Produces<object>(StatusCodes.Status200OK, "application/geo+json");
    }

    private static NeighbourhoodMap Load(string file)
    {
        if (file.Length == 0)
            return NeighbourhoodMap.Parse(DemoTown.NeighbourhoodsGeoJson);
        try
        {
            return NeighbourhoodMap.Parse(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Neighbourhoods:File: {file}: {e.Message}", e);
        }
    }
}
