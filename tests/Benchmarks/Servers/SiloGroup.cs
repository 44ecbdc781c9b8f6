using CivicSignals.Benchmarks.Load;
using CivicSignals.Benchmarks.Measurements;

namespace CivicSignals.Benchmarks.Servers;

/// <summary>Some silos on one database and one Mosquitto of their own, which keeps nothing on disk.</summary>
internal sealed class SiloGroup : IDisposable
{
    private readonly List<ServerProcess> _silos = [];
    private readonly List<HttpClient> _clients = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("civicsignals-group-").FullName;
    private ServerProcess? _broker;

    private SiloGroup()
    {
    }

    /// <summary>Port of the broker.</summary>
    public int MqttPort { get; } = ServerProcess.FreePort();

    /// <summary>Processor time of all silos so far.</summary>
    public TimeSpan Cpu => TimeSpan.FromTicks(_silos.Sum(silo => silo.Cpu.Ticks));

    /// <param name="silo">The platform's assembly.</param>
    /// <param name="database">Connection string of a database whose tables are made.</param>
    /// <param name="count">How many silos.</param>
    public static async Task<SiloGroup> StartAsync(string silo, string database, int count)
    {
        var group = new SiloGroup();
        try
        {
            await group.StartBrokerAsync();
            var registry = Path.Combine(group._folder, "registry.json");
            await File.WriteAllBytesAsync(registry, Workload.RegistryJson());
            for (var n = 0; n < count; n++)
                group.Add(silo, database, registry, n);
            foreach (var (server, client) in group._silos.Zip(group._clients))
                await UntilReadyAsync(server, client);
            return group;
        }
        catch
        {
            group.Dispose();
            throw;
        }
    }

    /// <summary>Messages that the silos have settled, of one sort.</summary>
    public async Task<double> SettledAsync(string outcome)
    {
        foreach (var silo in _silos)
            silo.MustLive();
        var all = await Task.WhenAll(_clients.Select(PrometheusText.ReadAsync));
        return all.SelectMany(samples => samples).Where(sample => sample.Key.Contains("messages_settled", StringComparison.Ordinal) && sample.Key.Contains(outcome, StringComparison.Ordinal)).Sum(sample => sample.Value);
    }

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var silo in _silos)
            silo.Dispose();
        _broker?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartBrokerAsync()
    {
        var file = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(file, $"listener {MqttPort} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nmax_queued_messages 100000\n");
        _broker = ServerProcess.Start("mosquitto", ["-c", file]);
        await _broker.WaitForPortAsync(MqttPort);
    }

    private void Add(string silo, string database, string registry, int n)
    {
        var http = ServerProcess.FreePort();
        _silos.Add(ServerProcess.Start(
            "dotnet",
            [
                silo, "--Http:Port", $"{http}", "--Mqtt:Broker", $"mqtt://127.0.0.1:{MqttPort}", "--Mqtt:BrokerSession", $"silo-{n}", "--Cluster:Port", $"{ServerProcess.FreePort()}",
                "--Data:Path", Path.Combine(_folder, $"{n}"), "--Registry:File", registry, "--Ledger:ConnectionString", database, "--Logging:LogLevel:Default", "Warning",
            ],
            _folder));
        _clients.Add(new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}"), Timeout = Timeout.InfiniteTimeSpan });
    }

    private static async Task UntilReadyAsync(ServerProcess silo, HttpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready", patience.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                silo.MustLive(); // It does not listen yet.
            }

            await Task.Delay(200, patience.Token);
        }
    }
}
