using CivicSignals.Ingest.Posts;
using CivicSignals.Silo.Demo;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.Hosting;

/// <summary>The places that posts are found at.</summary>
internal static class GazetteerWiring
{
    public static void AddGazetteer(this IHostApplicationBuilder builder)
    {
        builder.AddSection<GazetteerOptions>("Gazetteer", options => options.Problems());
        builder.Services.AddSingleton(services => Load(services.GetRequiredService<IOptions<GazetteerOptions>>().Value.File));
    }

    private static Gazetteer Load(string file)
    {
        if (file.Length == 0)
            return Gazetteer.Of(DemoTown.Places);
        try
        {
            using var text = File.OpenText(file);
            return Gazetteer.Read(text);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Gazetteer:File: {file}: {e.Message}", e);
        }
    }
}
