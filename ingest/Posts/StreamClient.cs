using System.Net;
using System.Net.Http.Headers;

namespace CivicSignals.Ingest.Posts;

/// <summary>HTTP as streams use it: no redirects (a token goes only where the operator said), no cookies; a refusal is an exception that knows why.</summary>
internal static class StreamClient
{
    /// <summary>How long a server may take to let us in.</summary>
    public static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(30);

    public static HttpClient Create(TimeProvider time, string token = "")
    {
        var client = new HttpClient(new RefusalHandler(time)
        {
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectWithin },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CivicSignals", null));
        if (token.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The body, whole.</summary>
    /// <exception cref="StreamEndedException">It is larger than <paramref name="most"/> bytes.</exception>
    public static async Task<byte[]> GetAsync(this HttpClient client, Uri address, int most, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ConnectWithin);
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var n = await body.ReadAsync(buffer, patience.Token); n > 0; n = await body.ReadAsync(buffer, patience.Token))
        {
            if (read.Length + n > most)
                throw new StreamEndedException($"an answer of more than {most} bytes");
            read.Write(buffer, 0, n);
        }

        return read.ToArray();
    }

    private sealed class RefusalHandler(TimeProvider time) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.SwitchingProtocols)
                return response;
            using (response)
                throw await StreamRefusedException.OfAsync(response, time, cancellationToken);
        }
    }
}
