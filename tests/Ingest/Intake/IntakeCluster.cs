using CivicSignals.Duties;
using CivicSignals.Ingest;
using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Tests.Areas;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CivicSignals.Tests.Ingest.Intake;

/// <summary>Three silos in this process that share the senders out. Nobody is registered: every message is refused, where its owner's are read, and noted there.</summary>
internal sealed class IntakeCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private int _desks;

    private IntakeCluster()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services
                .AddGrains()
                .AddSingleton<ILedger>(new MemoryLedger())
                .AddSingleton<ILedgerAnnouncer, SilentAnnouncer>()
                .AddSingleton<IHomeFactStore>(new MemoryFactStore())
                .AddSingleton<IGatewayMemory>(new FakeMemory())
                .AddSingleton<IDuties, SoleMachine>()
                .AddSingleton<FactBook>()
                .AddSingleton<Holdings>()
                .AddSingleton<IntakeRouter>()
                .AddSingleton(provider => new RegistryStart(provider.GetRequiredService<RegistryLoader>(), new NoDuties()))
                .AddSingleton(NeighbourhoodMap.Empty);
            silo.Services.AddSignalPipeline();
            silo.AddIncomingGrainCallFilter(call =>
            {
                if (call.InterfaceName.Contains(nameof(IIntakeDesk), StringComparison.Ordinal))
                    Interlocked.Increment(ref _desks);
                return call.Invoke();
            });
        });
        _cluster = builder.Build();
    }

    /// <summary>Calls that desks have taken.</summary>
    public int DeskCalls => Volatile.Read(ref _desks);

    public IReadOnlyList<IServiceProvider> Silos => [.. _cluster.GetActiveSilos().Select(silo => _cluster.GetSiloServiceProvider(silo.SiloAddress))];

    public static async Task<IntakeCluster> StartAsync()
    {
        var cluster = new IntakeCluster();
        await cluster._cluster.DeployAsync();
        await cluster._cluster.WaitForLivenessToStabilizeAsync();
        foreach (var silo in cluster.Silos)
            await silo.GetRequiredService<RegistryStart>().StartAsync(default);
        return cluster;
    }

    public Task KillLastAsync() => _cluster.KillSiloAsync(_cluster.GetActiveSilos().Last());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private sealed class SilentAnnouncer : ILedgerAnnouncer
    {
        public void Announce(long seq)
        {
        }
    }

    /// <summary>Does nothing, and is done.</summary>
    private sealed class NoDuties : IDuties
    {
        public IReadOnlyCollection<string> Held => [];

        public Task RunAsync(string duty, Func<CancellationToken, Task> work, CancellationToken cancellation) => Task.CompletedTask;
    }
}
