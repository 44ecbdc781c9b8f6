using System.Net;
using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects;

namespace CivicSignals.Ingest.Posts;

/// <summary>A server would not let us in.</summary>
/// <param name="status">Its HTTP status.</param>
/// <param name="error">Its name for the reason, such as <c>CursorTooOld</c>; empty: none.</param>
/// <param name="explanation">Its words.</param>
/// <param name="wait">As <see cref="StreamEndedException.Wait"/>.</param>
internal sealed class StreamRefusedException(HttpStatusCode status, string error, string explanation, TimeSpan? wait)
    : StreamEndedException($"the server answers {(int)status} {error}".TrimEnd(), wait)
{
    /// <summary>How long to stay away from a server that does not want us: nothing changes there by itself.</summary>
    public static readonly TimeSpan Unwanted = TimeSpan.FromMinutes(15);

    private const int MaxBody = 4096;

    public string Error => error;

    public string Explanation => explanation;

    /// <summary>From an answer that is no stream.</summary>
    public static async Task<StreamRefusedException> OfAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellation)
    {
        var (error, explanation) = Words(await HeadAsync(response, cancellation));
        TimeSpan? wait = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone => Unwanted,
            HttpStatusCode.TooManyRequests => UntilReset(response, time.GetUtcNow()),
            _ => null,
        };
        return new StreamRefusedException(response.StatusCode, error, explanation, wait);
    }

    private static async Task<byte[]> HeadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var head = new byte[MaxBody];
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        return head[..await body.ReadAtLeastAsync(head, MaxBody, throwOnEndOfStream: false, cancellation)];
    }

    private static (string Error, string Explanation) Words(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, StrictJson.DocumentOptions);
            var error = document.RootElement.Text("error") ?? "";
            return (error.Length <= 32 && error.All(char.IsAsciiLetter) ? error : "", document.RootElement.Text("message") ?? "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ("", Encoding.UTF8.GetString(body)); // a proxy's page, say
        }
    }

    /// <summary>Mastodon says when the window ends, as an ISO time; others say how many seconds to wait.</summary>
    private static TimeSpan? UntilReset(HttpResponseMessage response, DateTimeOffset now)
    {
        var wait = response.Headers.TryGetValues("X-RateLimit-Reset", out var values)
            && DateTimeOffset.TryParse(values.First(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var reset)
                ? reset - now
                : response.Headers.RetryAfter?.Delta;
        return wait is { } given ? TimeSpan.FromSeconds(Math.Clamp(given.TotalSeconds, 1, Unwanted.TotalSeconds)) : null;
    }
}
