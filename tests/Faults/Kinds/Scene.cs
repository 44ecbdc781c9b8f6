using CivicSignals.Faults.Cluster;

namespace CivicSignals.Faults.Kinds;

/// <summary>Where a fault is made.</summary>
internal sealed class Scene(TownCluster cluster, Random random, TimeProvider time)
{
    public TownCluster Cluster => cluster;

    public Database Database => cluster.Database;

    public Broker Broker => cluster.Broker;

    /// <summary>The network, where the fault asked for one that can be cut.</summary>
    public Namespaces Network => (Namespaces)cluster.Network;

    /// <summary>The way from silos to database, where the fault asked for a slow one.</summary>
    public SlowWay? Way { get; init; }

    /// <summary>The file that says how far silos' clocks are off, where the fault asked for one.</summary>
    public string? Clock { get; init; }

    /// <summary>Measured besides, by name: one figure per fault.</summary>
    public List<(string Name, TimeSpan Took)> Figures { get; } = [];

    /// <summary>What should not have been.</summary>
    public List<string> Complaints { get; } = [];

    public SiloProcess AnySilo() => cluster.All[random.Next(cluster.All.Count)];

    public DateTimeOffset Now => time.GetUtcNow();

    public Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), time);

    /// <summary>Starts a silo again as a service manager does, a moment after its end, and waits until it is ready.</summary>
    public async Task StartAgainAsync(params SiloProcess[] silos)
    {
        foreach (var silo in silos)
            await silo.StartAsync();
        await cluster.ReadyAsync();
    }
}
