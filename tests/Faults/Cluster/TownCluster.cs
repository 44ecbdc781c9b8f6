using CivicSignals.Faults.Load;

namespace CivicSignals.Faults.Cluster;

/// <summary>Three silos with their database and their broker, all processes of their own, in a folder that goes with it.</summary>
internal sealed class TownCluster : IAsyncDisposable
{
    public const int Silos = 3;

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(180);

    private readonly string _program;
    private readonly INetwork _network;
    private readonly string _folder;

    private TownCluster(string program, INetwork network, string folder)
    {
        (_program, _network, _folder) = (program, network, folder);
        Database = new Database(folder, network.Centre);
        Broker = new Broker(folder, network.Centre);
    }

    public Database Database { get; }

    public Broker Broker { get; }

    public INetwork Network => _network;

    public IReadOnlyList<SiloProcess> All { get; private set; } = [];

    /// <summary>A bearer token of the control room's.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Starts all of it and waits until it is ready.</summary>
    /// <param name="plan">Of what.</param>
    public static async Task<TownCluster> StartAsync(ClusterPlan plan)
    {
        Directory.CreateDirectory(plan.Folder);
        var cluster = new TownCluster(plan.Program, plan.Network, plan.Folder);
        try
        {
            await cluster.StartPartsAsync(plan);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until all silos are ready.</summary>
    public Task ReadyAsync() => Waiting.UntilAsync(
        async () => (await Task.WhenAll(All.Select(silo => silo.IsReadyAsync()))).All(ready => ready), "all silos to be ready", StartsWithin);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in All)
            silo.Dispose();
        Broker.Dispose();
        Database.Dispose();
        await _network.DisposeAsync();
    }

    private async Task StartPartsAsync(ClusterPlan plan)
    {
        TownFiles.Write(_folder, plan.Gateways);
        await Task.WhenAll(plan.Databases(Database), Broker.CreateAsync(plan.Gateways));
        var ledger = Database.To(_network.Centre, plan.DatabasePort?.Invoke(Database));
        await Child.RunAsync("dotnet", _program, "migrate", "--Ledger:ConnectionString", Database.To("127.0.0.1"));
        All = [.. Enumerable.Range(1, Silos).Select(number => Silo(number, ledger, plan.Environment))];
        await All[0].StartAsync(); // It imports the registry and makes the keys.
        await Waiting.UntilAsync(All[0].IsReadyAsync, "the first silo to be ready", StartsWithin);
        await Task.WhenAll(All.Skip(1).Select(silo => silo.StartAsync()));
        Token = (await Child.RunAsync(
            "dotnet", _program, "token", "--user", "checker", "--role", "control-room", "--Ledger:ConnectionString", Database.To("127.0.0.1"))).Trim();
        await ReadyAsync();
    }

    private SiloProcess Silo(int number, string ledger, (string, string)[] environment)
    {
        var (address, http) = (_network.AddressOf(number), Ports.Free());
        string[] command =
        [
            .. _network.At(number,
            [
                "dotnet", _program,
                "--Http:Port", $"{http}",
                "--Data:Path", Path.Combine(_folder, $"silo-{number}"),
                "--Ledger:ConnectionString", ledger,
                "--Cluster:Address", address,
                "--Cluster:Port", $"{Ports.Free()}",
                "--Mqtt:Broker", $"mqtt://{_network.Centre}:{Broker.Port}",
                "--Mqtt:BrokerUser", Broker.User,
                "--Mqtt:BrokerPassword", Broker.Password,
                "--Mqtt:BrokerSession", $"silo-{number}",
                "--Registry:File", Path.Combine(_folder, "registry.json"),
                "--Neighbourhoods:File", Path.Combine(_folder, "neighbourhoods.geojson"),
                "--Auth:FirstUser", "chief",
                "--Auth:FirstPassword", "correct horse battery",
            ]),
        ];
        return new SiloProcess(number, command, new Uri($"http://{address}:{http}"), Path.Combine(_folder, $"silo-{number}.log"), environment);
    }
}
