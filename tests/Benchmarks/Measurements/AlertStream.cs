using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using CivicSignals.Benchmarks.Servers;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>The control room's live stream: tells when the first alert about a place arrived.</summary>
internal sealed class AlertStream : IDisposable
{
    // Far more than a home's uncertainty, far less than the way to the next marker home.
    private const double Reach = 0.003;
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private AlertStream(HttpResponseMessage answer, StreamReader lines) => (_answer, _lines) = (answer, lines);

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

    /// <summary>Reads until the first alert about a place, and says when it came, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public async Task<long> FirstAlertAsync(double lat, double lon, CancellationToken cancellation)
    {
        var isAlert = false;
        while (await _lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("event:", StringComparison.Ordinal))
                isAlert = line.AsSpan(6).Trim() is "alert";
            else if (isAlert && line.StartsWith("data:", StringComparison.Ordinal))
            {
                var now = Stopwatch.GetTimestamp();
                var alert = JsonElement.Parse(line.AsSpan(5));
                if (Math.Abs(alert.GetProperty("lat").GetDouble() - lat) < Reach && Math.Abs(alert.GetProperty("lon").GetDouble() - lon) < Reach)
                    return now;
            }
        }

        throw new InvalidOperationException("the incident stream ended");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}
