using CivicSignals.Neighbourhoods;
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

    private static NeighbourhoodMap Load(string file)
    {
        if (file.Length == 0)
            return NeighbourhoodMap.Empty;
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
