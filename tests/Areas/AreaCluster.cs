using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CivicSignals.Tests.Areas;

/// <summary>Silos, one where nothing else is said, on a ledger in memory, for all tests of the grain: tests keep apart by their places.</summary>
public class AreaCluster : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    protected virtual short Silos => 1;

    internal MemoryLedger Ledger { get; } = new();

    internal IGrainFactory Grains => _cluster.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddGrains()
            .AddSingleton<ILedger>(Ledger)
            .AddSingleton<ILedgerAnnouncer, SilentAnnouncer>()
            .AddSingleton(NeighbourhoodMap.Empty));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private sealed class SilentAnnouncer : ILedgerAnnouncer
    {
        public void Announce(long seq)
        {
        }
    }
}

/// <summary>Three silos on one ledger.</summary>
public sealed class ThreeSilos : AreaCluster
{
    protected override short Silos => 3;
}
