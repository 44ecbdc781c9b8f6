using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Tests.Ingest.Posts;

/// <summary>
/// A Mastodon server, with both of its transports and its timeline, that says what a test lets it say to those who listen, and fails as it is told: each
/// fault so many events after the last one or the connection's begin.
/// </summary>
internal sealed class MastodonTestServer : IAsyncDisposable
{
    public const string Token = "t0ken";

    private static readonly string[] Streams = ["public"];

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _end = new();
    private readonly List<(string Name, string Payload)> _log = [];
    private readonly SortedDictionary<long, string> _timeline = [];
    private int _listeners;

    private MastodonTestServer(WebApplication app) => _app = app;

    public ConcurrentQueue<(int After, Fault Fault)> Faults { get; } = new();

    /// <summary>Paths and queries of all requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What every request is answered with instead; 0: nothing.</summary>
    public int Refuses { get; set; }

    public DateTimeOffset? ResetsAt { get; set; }

    /// <summary>How many posts a page of the timeline holds at the most.</summary>
    public int PageSize { get; set; } = 40;

    public int Listeners => Volatile.Read(ref _listeners);

    public string Url => _app.Urls.Single();

    public string Host => new Uri(Url).Authority;

    public static async Task<MastodonTestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var server = new MastodonTestServer(app);
        app.UseWebSockets();
        app.Use(server.CheckAsync);
        app.Map("/api/v1/streaming/{*stream}", server.StreamAsync);
        app.Map("/api/v1/streaming", server.SocketAsync);
        app.MapGet("/api/v1/timelines/{*timeline}", server.Timeline);
        await app.StartAsync();
        return server;
    }

    /// <summary>A new post, on the timeline for good and in the streams for those who listen now.</summary>
    public void Post(long id, string text)
    {
        var status = $$$"""{"id":"{{{id}}}","visibility":"public","edited_at":null,"content":"<p>{{{text}}}</p>","url":"https://m.example/{{{id}}}","account":{"acct":"a"}}""";
        lock (_log)
        {
            _timeline[id] = status;
            _log.Add(("update", status));
        }
    }

    public void Edit(long id, string text, string at) =>
        Say("status.update", $$$"""{"id":"{{{id}}}","visibility":"public","edited_at":"{{{at}}}","content":"<p>{{{text}}}</p>","account":{"acct":"a"}}""");

    public void Delete(long id) => Say("delete", $"{id}");

    public void Say(string name, string payload)
    {
        lock (_log)
            _log.Add((name, payload));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue(context.Request.Path + context.Request.QueryString);
        if (Refuses == 0 && context.Request.Headers.Authorization == $"Bearer {Token}")
            return next(context);
        context.Response.StatusCode = Refuses == 0 ? 401 : Refuses;
        if (ResetsAt is { } at)
            context.Response.Headers["X-RateLimit-Reset"] = at.ToString("O");
        return context.Response.WriteAsJsonAsync(new { error = "The access token is invalid" });
    }

    /// <summary>As the real one: the oldest after <c>min_id</c>, newest first.</summary>
    private IResult Timeline(HttpContext context)
    {
        var after = long.Parse(context.Request.Query["min_id"]!, System.Globalization.CultureInfo.InvariantCulture);
        lock (_log)
        {
            var page = _timeline.Where(post => post.Key > after).Take(PageSize).Reverse().Select(post => post.Value);
            return Results.Text($"[{string.Join(',', page)}]", "application/json");
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(":)\n\n");
        await context.Response.Body.FlushAsync();
        await FollowAsync(context, (name, payload) => WriteAsync(context, $":thump\nevent: {name}\r\n{string.Concat(payload.Split('\n').Select(line => $"data: {line}\n"))}\n"), fault => fault switch
        {
            Fault.Garbage => WriteAsync(context, "nonsense\nevent: update\ndata: {\n\n"),
            Fault.Oversized => WriteAsync(context, $"event: update\ndata: {new string('x', 1024 * 1024)}\n\n"),
            Fault.Partial => WriteAsync(context, "event: update\ndata: {\"id\":\"9"),
            _ => Task.CompletedTask,
        });
    }

    private async Task SocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await FollowAsync(context, (name, payload) => SendAsync(socket, JsonSerializer.Serialize(new { stream = Streams, @event = name, payload })), fault => fault switch
        {
            Fault.Garbage => SendAsync(socket, "{\"stream\":"),
            Fault.Oversized => SendAsync(socket, new string('x', 1024 * 1024)),
            Fault.Partial => SendAsync(socket, "{\"stream\":", end: false),
            Fault.Close => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None),
            _ => Task.CompletedTask,
        });
    }

    private async Task FollowAsync(HttpContext context, Func<string, string, Task> send, Func<Fault, Task> fail)
    {
        var fault = Faults.TryDequeue(out var next) ? next : (After: int.MaxValue, default);
        int at;
        lock (_log)
            at = _log.Count;
        Interlocked.Increment(ref _listeners);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted);
        try
        {
            for (var sent = 0; ; sent++)
            {
                if (sent == fault.After)
                {
                    await fail(fault.Fault);
                    if (fault.Fault is Fault.Drop or Fault.Partial)
                        context.Abort();
                    if (fault.Fault is Fault.Drop or Fault.Partial or Fault.Close)
                        return;
                    fault = Faults.TryDequeue(out next) ? (sent + next.After, next.Fault) : (int.MaxValue, default);
                }

                while (Event(at) is null)
                    await Task.Delay(5, either.Token);
                var (name, payload) = Event(at++)!.Value;
                await send(name, payload);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The other side left, or the test is over.
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private (string Name, string Payload)? Event(int at)
    {
        lock (_log)
            return at < _log.Count ? _log[at] : null;
    }

    private static async Task WriteAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }

    private static Task SendAsync(WebSocket socket, string text, bool end = true) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, end, CancellationToken.None);
}
