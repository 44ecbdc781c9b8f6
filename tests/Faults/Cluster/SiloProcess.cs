namespace CivicSignals.Faults.Cluster;

/// <summary>One silo: the program in a process of its own, that can be killed, paused and started again on the same settings.</summary>
/// <param name="number">1 for the first.</param>
/// <param name="command">Starts it.</param>
/// <param name="http">Where it serves.</param>
/// <param name="log">What it says is added to this file.</param>
/// <param name="environment">Added to its environment.</param>
internal sealed class SiloProcess(int number, string[] command, Uri http, string log, (string, string)[] environment) : IDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { BaseAddress = http, Timeout = TimeSpan.FromSeconds(5) };
    private Child? _process;

    public int Number => number;

    public Uri Http => http;

    public string Log => log;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts it and does not wait.</summary>
    public async Task StartAsync()
    {
        _process?.Dispose();
        _process = await Child.StartAsync(log, command, environment);
    }

    /// <summary>Whether it answers that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        if (!IsRunning)
            return false;
        try
        {
            using var answer = await _http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Its metrics, as Prometheus reads them.</summary>
    public Task<string> MetricsAsync() => _http.GetStringAsync("/metrics");

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>SIGSTOP: it keeps all that it has, and does nothing.</summary>
    public Task PauseAsync() => _process!.SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ContinueAsync() => _process!.SignalAsync("CONT");

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _process!.SignalAsync("TERM");
        return await _process.EndAsync(StopsWithin);
    }

    /// <summary>Waits for its end; the exit code.</summary>
    public Task<int> EndAsync(TimeSpan within) => _process!.EndAsync(within);

    public void Dispose()
    {
        _process?.Dispose();
        _http.Dispose();
    }
}
