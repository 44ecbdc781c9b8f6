using System.Collections.Concurrent;
using System.Text;
using CivicSignals.Ingest.Feeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>A real HTTP server on loopback that answers as a test says.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedServer(WebApplication app)
    {
        _app = app;
        app.Run(context =>
        {
            Requests.Enqueue((context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
            return Answer(context);
        });
    }

    public Func<HttpContext, Task> Answer { get; set; } = context => Text(context, "{}");

    public ConcurrentQueue<(string Path, Dictionary<string, string> Headers)> Requests { get; } = new();

    public string Address => _app.Urls.First();

    public static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
        var server = new FeedServer(builder.Build());
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A feed that lies here.</summary>
    public FeedOptions Feed(string format, string path = "/feed") => new() { Url = Address + path, Format = format, Name = "f" };

    /// <summary>Answers everything with one body.</summary>
    public void Serve(string body, string type = "application/xml") => Answer = context => Text(context, body, type);

    /// <summary>Answers by path; 404 elsewhere.</summary>
    public void Serve(Dictionary<string, string> bodies, string type = "application/xml") => Answer = context =>
    {
        if (bodies.TryGetValue(context.Request.Path, out var body))
            return Text(context, body, type);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    };

    public static Task Text(HttpContext context, string body, string type = "application/json")
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
