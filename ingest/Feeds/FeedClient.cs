using System.Net;
using System.Net.Http.Headers;

namespace CivicSignals.Ingest.Feeds;

/// <summary>
/// Asks for feeds and CAP files: so long, so much, and no further than the feed's own host. What goes wrong is in the answer; nothing but
/// being told to stop is thrown.
/// </summary>
internal sealed class FeedClient : IDisposable
{
    /// <summary>More is not read, bytes after decompression.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>All of an answer must be there by then, however slowly it comes.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private const int MaxRedirects = 3;
    private const int Chunk = 64 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public FeedClient(TimeProvider time)
    {
        _time = time;
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CivicSignals", null));
    }

    /// <summary>Asks an address that <paramref name="feed"/> may ask.</summary>
    public async Task<FeedAnswer> GetAsync(FeedOptions feed, Uri address, FeedValidators? validators, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await FollowAsync(feed, address, validators, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return FeedAnswer.Failed("time-out");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return FeedAnswer.Failed(e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? $"{http.HttpRequestError}" : "connection lost");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<FeedAnswer> FollowAsync(FeedOptions feed, Uri address, FeedValidators? validators, CancellationToken cancellation)
    {
        var own = new FeedAddress(feed);
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(address, validators);
            if (feed.Authorization.Length > 0 && own.IsOwn(address))
                request.Headers.TryAddWithoutValidation("Authorization", feed.Authorization);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!IsRedirect(response.StatusCode))
                return await ReadAsync(response, cancellation);
            if (redirects == MaxRedirects)
                return FeedAnswer.Failed("too many redirects");
            if (response.Headers.Location is not { } to || !SameHost(address, new Uri(address, to)))
                return FeedAnswer.Failed("redirected to another host or away from https");
            address = new Uri(address, to);
        }
    }

    private static bool SameHost(Uri from, Uri to) => FeedAddress.IsSafe(to) && to.Scheme == from.Scheme && to.Authority == from.Authority;

    private static bool IsRedirect(HttpStatusCode status) => status is
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static HttpRequestMessage Request(Uri address, FeedValidators? validators)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (validators?.Tag is { } tag)
            request.Headers.IfNoneMatch.Add(tag);
        request.Headers.IfModifiedSince = validators?.Modified;
        return request;
    }

    private async Task<FeedAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.NotModified)
            return new FeedAnswer { NotModified = true };
        if (response.StatusCode != HttpStatusCode.OK)
            return FeedAnswer.Failed($"HTTP {(int)response.StatusCode}") with { RetryAfter = RetryAfter(response.Headers.RetryAfter) };
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        if (await ReadAsync(stream, cancellation) is not { } body)
            return FeedAnswer.Failed("too large") with { TooLarge = true };
        return new FeedAnswer
        {
            Body = body,
            MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "",
            Validators = new FeedValidators(response.Headers.ETag, response.Content.Headers.LastModified),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait > LongestWait ? LongestWait : wait;
    }

    /// <summary>All of it, or null when it is longer than is read.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        var chunk = new byte[Chunk];
        while (await stream.ReadAsync(chunk, cancellation) is > 0 and var read)
        {
            if (body.Length + read > MaxBytes)
                return null;
            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }
}
