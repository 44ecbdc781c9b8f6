using System.Text;
using CivicSignals.Areas;
using CivicSignals.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ledger;
using CivicSignals.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>The real registry over a store in memory.</summary>
internal static class HomesInMemory
{
    public static void AddHomesInMemory(this IServiceCollection services)
    {
        services.AddOptions<AreaOptions>();
        services.AddOptions<RegistryOptions>();
        services.AddSingleton<MemoryRegistryStore>();
        services.AddSingleton<IRegistryStore>(provider => provider.GetRequiredService<MemoryRegistryStore>());
        services.AddSingleton<MemoryFactStore>();
        services.AddSingleton<IHomeFacts>(provider => provider.GetRequiredService<MemoryFactStore>());
        services.AddSingleton(Registry.Empty);
        services.AddSingleton<Strangers>();
        services.AddSingleton(new Backlog(100));
        services.AddSingleton<RegistryLoader>();
        services.AddSingleton<HomeAreas>();
        services.AddSingleton<IHomes, HomeRegistry>();
    }

    /// <summary>Imports one home with a place; its resident key.</summary>
    public static async Task<string> ImportAsync(this IHomes homes, string gateway)
    {
        var csv = $"gateway,secret,lat,lon,consents\n{gateway},s-{gateway},53.0466,-2.9925,fire public\n";
        var report = await homes.ImportAsync(Encoding.UTF8.GetBytes(csv), ImportFormat.Csv, CancellationToken.None);
        return Assert.Single(report.Lines).ResidentKey!;
    }
}
