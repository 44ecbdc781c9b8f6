using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;

namespace CivicSignals.Faults.Checks;

/// <summary>A control room that reads one silo's live stream, and after each break goes on where it was, by <c>Last-Event-ID</c>.</summary>
internal sealed class AlertReader : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private long _last;

    public AlertReader(Uri silo, string token)
    {
        _http = new HttpClient { BaseAddress = silo, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _reading = ReadAsync();
    }

    /// <summary>The numbers of the alerts that it was sent, in order of arrival.</summary>
    public ConcurrentQueue<long> Alerts { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _http.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await ReadStreamAsync();
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The silo is down, or went down meanwhile.
            }

            await Task.Delay(Pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadStreamAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/incidents/stream");
        request.Headers.Add("Last-Event-ID", _last.ToString(CultureInfo.InvariantCulture));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(_end.Token));
        var (id, name) = (0L, "");
        while (await lines.ReadLineAsync(_end.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line[4..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.Length == 0 && id > 0)
                Take(ref id, ref name);
        }
    }

    /// <summary>An event is one when its empty line has come; one that was cut off comes again.</summary>
    private void Take(ref long id, ref string name)
    {
        if (name == "alert")
            Alerts.Enqueue(id);
        _last = id;
        (id, name) = (0, "");
    }
}
