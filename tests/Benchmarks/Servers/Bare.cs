namespace CivicSignals.Benchmarks.Servers;

/// <summary><see cref="BareServer"/> in a process of its own.</summary>
internal sealed class Bare : IServer
{
    private readonly ServerProcess _process;

    private Bare(ServerProcess process, int port) => (_process, MqttPort) = (process, port);

    public string Name => "bare";

    public int MqttPort { get; }

    public static async Task<Bare> StartAsync()
    {
        var port = ServerProcess.FreePort();
        var process = ServerProcess.Start(Environment.ProcessPath!, ["serve-bare", $"{port}"]);
        await process.WaitForPortAsync(port);
        return new Bare(process, port);
    }

    public void Dispose() => _process.Dispose();
}
