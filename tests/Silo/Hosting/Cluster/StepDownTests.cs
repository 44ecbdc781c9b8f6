using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting.Cluster;
using CivicSignals.Silos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using MemoryLedger = CivicSignals.Tests.Dashboard.Fakes.MemoryLedger;

namespace CivicSignals.Tests.Silo.Hosting.Cluster;

public sealed class StepDownTests : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryLedger _ledger = new();
    private readonly List<string> _ends = [];

    private static LedgerUnavailableException Away => new("away on purpose");

    public StepDownTests()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => silo.Services.AddGrains().AddSingleton(_ => new LedgerSight(_time)));
        _cluster = builder.Build();
    }

    [Fact]
    public async Task Look_OutOfReachOfThisSiloOnly_EndsIt()
    {
        using var watch = await StartAsync();
        _ledger.Fault = Away;
        await LookAfterAsync(watch, StepDown.Patience - TimeSpan.FromSeconds(1));
        Assert.Empty(_ends);
        await LookAfterAsync(watch, TimeSpan.FromSeconds(1));
        Assert.Single(_ends);
    }

    [Fact]
    public async Task Look_OutOfReachOfAll_Waits()
    {
        using var watch = await StartAsync();
        _ledger.Fault = Away;
        _time.Advance(StepDown.Patience * 3);
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_ends);
    }

    [Fact]
    public async Task Look_OutOfReachOfAllUntilNow_HasAsLongToFindItAsBefore()
    {
        using var watch = await StartAsync();
        _ledger.Fault = Away;
        _time.Advance(StepDown.Patience * 3);
        await LookAfterAsync(watch, StepDown.Patience - TimeSpan.FromSeconds(1));
        Assert.Empty(_ends);
        await LookAfterAsync(watch, TimeSpan.FromSeconds(2));
        Assert.Single(_ends);
    }

    [Fact]
    public async Task Look_BackInTime_Stays()
    {
        using var watch = await StartAsync();
        _ledger.Fault = Away;
        await LookAfterAsync(watch, StepDown.Patience - TimeSpan.FromSeconds(1));
        _ledger.Fault = null;
        await LookAfterAsync(watch, TimeSpan.FromSeconds(1));
        _ledger.Fault = Away;
        await LookAfterAsync(watch, StepDown.Patience - TimeSpan.FromSeconds(1));
        Assert.Empty(_ends);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private LedgerSight Other => _cluster.GetSiloServiceProvider(_cluster.GetActiveSilos().Last().SiloAddress).GetRequiredService<LedgerSight>();

    /// <summary>Looks, after some whole seconds, while the other silo reaches the ledger.</summary>
    private async Task LookAfterAsync(StepDown watch, TimeSpan after)
    {
        for (var second = 0; second < after.TotalSeconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Other.Reach();
        }

        await watch.LookAsync(TestContext.Current.CancellationToken);
    }

    private async Task<StepDown> StartAsync()
    {
        await _cluster.DeployAsync();
        await _cluster.WaitForLivenessToStabilizeAsync();
        _ = Other; // It counts from when it is made.
        var silo = _cluster.GetSiloServiceProvider(_cluster.GetActiveSilos().First().SiloAddress);
        return new StepDown(
            _ledger,
            new LedgerSight(_time),
            silo.GetRequiredService<IClusterMembershipService>(),
            silo.GetRequiredService<ILocalSiloDetails>(),
            silo.GetRequiredService<IGrainFactory>(),
            _ends.Add,
            _time,
            NullLogger<StepDown>.Instance);
    }
}
