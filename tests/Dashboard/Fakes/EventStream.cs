using System.Globalization;
using System.Net.Http.Headers;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>Reads server-sent events as a client does.</summary>
public sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage response, Stream body) => (_response, _reader) = (response, new StreamReader(body));

    public MediaTypeHeaderValue? ContentType => _response.Content.Headers.ContentType;

    /// <summary>Opens a stream and waits for its first line, after which the server follows the ledger for it.</summary>
    public static async Task<EventStream> OpenAsync(HttpClient http, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        response.EnsureSuccessStatusCode();
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next block, comments and the retry line included; null at the end of the stream.</summary>
    public async Task<string?> BlockAsync()
    {
        var lines = new List<string>();
        while (await _reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0)
                return string.Join('\n', lines);
            lines.Add(line);
        }

        return null;
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<(long Id, string Event, string Data)?> NextAsync()
    {
        while (await BlockAsync() is { } block)
        {
            var fields = block.Split('\n').Select(line => line.Split(": ", 2)).Where(field => field[0].Length > 0).ToDictionary(field => field[0], field => field[1]);
            if (fields.TryGetValue("id", out var id))
                return (long.Parse(id, CultureInfo.InvariantCulture), fields["event"], fields["data"]);
        }

        return null;
    }

    public async Task<List<long>> IdsAsync(int count)
    {
        var ids = new List<long>();
        while (ids.Count < count)
            ids.Add((await NextAsync() ?? throw new InvalidOperationException($"the stream ended after {ids.Count} of {count} events")).Id);
        return ids;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
