using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>The control room's live stream, read all the time as a control room does: tells when the first alert about a place arrived.</summary>
internal sealed class AlertStream : IDisposable
{
    // Far more than a home's uncertainty, far less than the way to the next marker home.
    private const double Reach = 0.003;
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;
    private readonly Channel<(double Lat, double Lon, long At)> _alerts = Channel.CreateUnbounded<(double, double, long)>();

    private AlertStream(HttpResponseMessage answer, StreamReader lines)
    {
        (_answer, _lines) = (answer, lines);
        _ = ReadAsync();
    }

    public static async Task<AlertStream> OpenAsync(Platform platform, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/incidents/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var answer = await platform.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"the incident stream answered {(int)answer.StatusCode}");
        return new AlertStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>Waits for the next alert about a place, and says when it came, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public async Task<long> FirstAlertAsync(double lat, double lon, CancellationToken cancellation)
    {
        await foreach (var alert in _alerts.Reader.ReadAllAsync(cancellation))
        {
            if (Math.Abs(alert.Lat - lat) < Reach && Math.Abs(alert.Lon - lon) < Reach)
                return alert.At;
        }

        throw new InvalidOperationException("the incident stream ended");
    }

    private async Task ReadAsync()
    {
        Exception? end = null;
        try
        {
            var isAlert = false;
            while (await _lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("event:", StringComparison.Ordinal))
                    isAlert = line.AsSpan(6).Trim() is "alert";
                else if (isAlert && line.StartsWith("data:", StringComparison.Ordinal))
                    Take(line.AsSpan(5), Stopwatch.GetTimestamp());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            end = new InvalidOperationException("the incident stream broke", e);
        }

        _alerts.Writer.Complete(end);
    }

    private void Take(ReadOnlySpan<char> data, long at)
    {
        var alert = JsonElement.Parse(data);
        _alerts.Writer.TryWrite((alert.GetProperty("lat").GetDouble(), alert.GetProperty("lon").GetDouble(), at));
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}
