namespace CivicSignals.Tests.Integration;

/// <summary>One process of a town, that can be ended and started again on the same port.</summary>
/// <param name="arguments">Its arguments, by the port of HTTP.</param>
internal sealed class TownSilo(Func<int, string[]> arguments) : IDisposable
{
    private readonly int _port = PlatformProcess.FreePort();
    private HttpClient? _http;
    private PlatformProcess? _process;

    public HttpClient Http => _http ??= new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = Patience.Answer };

    /// <summary>What it has said since it was last started.</summary>
    public string Said => _process!.Said;

    /// <summary>Starts it and does not wait.</summary>
    public void Begin()
    {
        _process?.Dispose();
        _process = PlatformProcess.Start(arguments(_port));
    }

    /// <summary>Waits until it is ready.</summary>
    public Task ReadyAsync() => Patience.Until(IsReadyAsync, "/health/ready", Patience.Start);

    public void Kill() => _process!.Kill();

    public Task<int> StopAsync() => _process!.StopAsync();

    public void Dispose()
    {
        _process?.Dispose();
        _http?.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process!.HasExited, $"the platform ended:\n{_process.Said}");
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
