using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>JSON over HTTP with a network's server: bounded in time and size, redirects not followed, the server's limits told to the account's allowance.</summary>
/// <param name="clients">Makes the connections.</param>
/// <param name="server">The server's address.</param>
/// <param name="allowance">Told when the server says to wait.</param>
/// <param name="time">Clock of time-outs and of the server's waits.</param>
internal sealed class NetworkClient(IHttpClientFactory clients, Uri server, Allowance allowance, TimeProvider time)
{
    /// <summary>Name of the client that <see cref="DeliveryWiring"/> sets up.</summary>
    public const string Name = "deliveries";

    /// <summary>The longest body read, bytes: 40 posts with all that Mastodon says of each.</summary>
    private const int MostBytes = 2 * 1024 * 1024;

    private const int DeepestJson = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait when a server says that it was too much, and not until when.</summary>
    private static readonly TimeSpan UntoldWait = TimeSpan.FromMinutes(1);

    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="token">Bearer token, or null.</param>
    /// <param name="body">What is sent as JSON, or null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="idempotencyKey">As Mastodon takes it, or null.</param>
    public async Task<NetworkReply> SendAsync(
        HttpMethod method, string path, string? token, object? body, CancellationToken cancellation, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var client = clients.CreateClient(Name);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            HeedLimits(response);
            var json = await ReadAsync(response.Content, end.Token);
            return new NetworkReply(response.StatusCode, json, string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}"));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new NetworkReply(0, default, "no answer in time");
        }
        catch (HttpRequestException e)
        {
            return new NetworkReply(0, default, $"cannot be reached: {e.HttpRequestError}");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return new NetworkReply(0, default, "the answer is cut off, too long or no JSON");
        }
    }

    /// <summary>The body's JSON; undefined for what is not said to be JSON.</summary>
    private static async Task<JsonElement> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentType?.MediaType != "application/json")
            return default;
        await using var body = await content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(part, cancellation)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
                throw new IOException("The body is longer than what is read of one.");
            bytes.Write(part, 0, read);
        }

        using var json = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), new JsonDocumentOptions { MaxDepth = DeepestJson });
        return json.RootElement.Clone();
    }

    /// <summary>429, or the last request that was allowed: wait until the server's counter starts anew.</summary>
    private void HeedLimits(HttpResponseMessage response)
    {
        var isOver = response.StatusCode == HttpStatusCode.TooManyRequests;
        if (isOver || First(response, "RateLimit-Remaining") == "0" || First(response, "X-RateLimit-Remaining") == "0")
            allowance.Hold(Reset(response) ?? (isOver ? UntoldWait : TimeSpan.Zero));
    }

    private TimeSpan? Reset(HttpResponseMessage response)
    {
        var now = time.GetUtcNow();
        if (response.Headers.RetryAfter is { } retry)
            return retry.Delta ?? retry.Date - now;
        var text = First(response, "RateLimit-Reset") ?? First(response, "X-RateLimit-Reset");
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return DateTimeOffset.FromUnixTimeSeconds(seconds) - now;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment - now : null;
    }

    private static string? First(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;
}
