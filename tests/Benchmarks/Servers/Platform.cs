using System.Diagnostics;
using CivicSignals.Benchmarks.Load;

namespace CivicSignals.Benchmarks.Servers;

/// <summary>The platform in a process of its own, with an empty ledger and the workload's registry.</summary>
internal sealed class Platform : IServer
{
    private readonly ServerProcess _process;
    private readonly string _silo;

    private Platform(ServerProcess process, string silo, string folder, int mqttPort, int httpPort)
    {
        (_process, _silo, Folder, MqttPort) = (process, silo, folder, mqttPort);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Name => "platform";

    public int MqttPort { get; }

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>Its ledger.</summary>
    public string Ledger => Path.Combine(DataPath(Folder), "ledger.db");

    /// <summary>Lines of warnings and worse that it has logged, stack traces included.</summary>
    public int Complaints => _process.Lines;

    /// <summary>The newest of them.</summary>
    public string LastWords => _process.LastWords();

    /// <summary>Its process's memory now.</summary>
    public long ResidentBytes => _process.ResidentBytes;

    /// <summary>A client of its web server.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="silo">The platform's assembly.</param>
    /// <param name="program">What the command line of dotnet begins with: the platform's assembly, or another one with its arguments.</param>
    /// <param name="configuration">Of the platform, besides its own.</param>
    public static async Task<Platform> StartAsync(string silo, string[]? program = null, string[]? configuration = null)
    {
        var folder = Directory.CreateTempSubdirectory("civicsignals-bench-").FullName;
        var registry = Path.Combine(folder, "registry.json");
        await File.WriteAllBytesAsync(registry, Workload.RegistryJson());
        var (mqtt, http) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        var process = ServerProcess.Start(
            "dotnet",
            [
                .. program ?? [silo], "--Http:Port", $"{http}", "--Mqtt:Port", $"{mqtt}", "--Data:Path", DataPath(folder), "--Registry:File", registry,
                "--Mqtt:Anonymous", "true", "--Logging:LogLevel:Default", "Warning", .. configuration ?? [],
            ],
            folder);
        await process.WaitForPortAsync(http);
        await process.WaitForPortAsync(mqtt);
        var platform = new Platform(process, silo, folder, mqtt, http);
        await platform.WaitUntilReadyAsync();
        return platform;
    }

    /// <summary>A control-room token, from the platform's own <c>token</c> verb.</summary>
    public async Task<string> TokenAsync()
    {
        var start = new ProcessStartInfo("dotnet", [_silo, "token", "--user", "bench", "--role", "control-room", "--Data:Path", DataPath(Folder)])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        using var token = Process.Start(start) ?? throw new InvalidOperationException("the token verb did not start");
        var output = await token.StandardOutput.ReadToEndAsync();
        await token.WaitForExitAsync();
        if (token.ExitCode != 0)
            throw new InvalidOperationException("the token verb failed; give a token with --token");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
            ?? throw new InvalidOperationException("the token verb printed nothing");
    }

    /// <summary>Bytes in the data folder, by file.</summary>
    public IReadOnlyDictionary<string, long> Files() =>
        new DirectoryInfo(DataPath(Folder)).EnumerateFiles("*", SearchOption.AllDirectories).ToDictionary(file => file.Name, file => file.Length);

    public void Dispose()
    {
        _process.Dispose();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string DataPath(string folder) => Path.Combine(folder, "data");

    private async Task WaitUntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await Http.GetAsync("/health/ready", patience.Token);
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(100, patience.Token);
        }
    }
}
