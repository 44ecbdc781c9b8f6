using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CivicSignals.Tests.Areas;

/// <summary>One silo on a ledger in memory, for all tests of the grain: tests keep apart by their places.</summary>
public sealed class AreaCluster : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    internal MemoryLedger Ledger { get; } = new();

    internal IGrainFactory Grains => _cluster.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services
            .AddGrains()
            .AddSingleton<ILedger>(Ledger)
            .AddSingleton<ILedgerAnnouncer, SilentAnnouncer>()
            .AddSingleton(NeighbourhoodMap.Empty));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private sealed class SilentAnnouncer : ILedgerAnnouncer
    {
        public void Announce(long seq)
        {
        }
    }
}
