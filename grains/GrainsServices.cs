using CivicSignals.Accounting;
using CivicSignals.Alerts;
using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Placement;
using CivicSignals.Silos;
using CivicSignals.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CivicSignals;

/// <summary>What the grains need. The host adds an <see cref="Ledger.ILedger"/>, an <see cref="Ledger.ILedgerAnnouncer"/> and the neighbourhoods.</summary>
public static class GrainsServices
{
    public static IServiceCollection AddGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => FusionModel.Bundled());
        services.TryAddSingleton<IKindCatalogue>(provider => provider.GetRequiredService<FusionModel>());
        services.TryAddSingleton(_ => AlertPolicy.Bundled());
        services.AddSingleton<AreaCore>();
        services.AddSingleton<AreaMetrics>();
        services.AddSingleton<AreaCount>();
        services.AddSingleton<MessageAccount>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<Latencies>();
        services.AddSingleton<Whereabouts>();
        services.AddSingleton<LedgerSight>();
        services.AddPlacementDirector<SpreadPlacement, SpreadDirector>();
        services.AddPlacementDirector<NamedSiloPlacement, NamedSiloDirector>();
        return services;
    }
}
