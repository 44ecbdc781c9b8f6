using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CivicSignals.Tests.Integration;

/// <summary>One server-sent event.</summary>
internal sealed record ServerEvent(long Id, string Name, string Text, JsonElement Body)
{
    public string? this[string member] => Body.GetProperty(member).ToString();

    public double Belief => Body.GetProperty("belief").GetDouble();

    public bool Is(string name, string? msgType = null, string? audience = null) =>
        Name == name && (msgType is null || this["msgType"] == msgType) && (audience is null || this["audience"] == audience);
}

/// <summary>A live stream, read as it comes and kept.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly Lock _gate = new();
    private readonly List<ServerEvent> _events = [];
    private readonly Task _reading;

    private EventStream(HttpResponseMessage answer)
    {
        _answer = answer;
        _reading = ReadAsync();
    }

    /// <summary>All so far, in order.</summary>
    public IReadOnlyList<ServerEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public static async Task<EventStream> OpenAsync(HttpClient http, string path, string? token, long? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (after is { } id)
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return new EventStream(answer);
    }

    /// <summary>The first event that is meant, now or later.</summary>
    public async Task<ServerEvent> FirstAsync(Func<ServerEvent, bool> isMeant, string what)
    {
        ServerEvent? found = null;
        await Patience.Until(() => Task.FromResult((found = Events.FirstOrDefault(isMeant)) is not null), what);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            using var lines = new StreamReader(await _answer.Content.ReadAsStreamAsync());
            var (id, name) = (0L, "");
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = long.Parse(line[4..], CultureInfo.InvariantCulture);
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                    name = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    Keep(new ServerEvent(id, name, line[6..], JsonSerializer.Deserialize<JsonElement>(line[6..])));
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            // The platform or the test has ended it; what came until then is kept.
        }
    }

    private void Keep(ServerEvent one)
    {
        lock (_gate)
            _events.Add(one);
    }
}
