using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>A public network's server on loopback, which fails as it is told.</summary>
internal abstract class NetworkServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Fault> _faults = [];
    private readonly ConcurrentQueue<DateTimeOffset> _requests = [];
    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected NetworkServer(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _time = time;
        _app.Use(FailAsync);
    }

    public string Address => _app.Urls.First();

    /// <summary>When each request came.</summary>
    public IReadOnlyList<DateTimeOffset> Requests => [.. _requests];

    /// <summary>Completes when a request has been met with silence.</summary>
    public Task SilentAsync() => _silent.Task.WaitAsync(TimeSpan.FromSeconds(120));

    /// <summary>The next requests that write fail so.</summary>
    public void Fail(params ReadOnlySpan<Fault> faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    protected abstract bool IsWrite(HttpRequest request);

    protected abstract void Map(WebApplication app);

    protected async Task RunAsync()
    {
        Map(_app);
        await _app.StartAsync();
    }

    private async Task FailAsync(HttpContext context, RequestDelegate next)
    {
        _requests.Enqueue(_time.GetUtcNow());
        if (!IsWrite(context.Request) || !_faults.TryDequeue(out var fault))
        {
            await next(context);
            return;
        }

        if (fault == Fault.Silent)
        {
            _silent.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        if (fault.Does)
        {
            context.Response.Body = Stream.Null;
            await next(context);
        }

        if (fault.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = fault.Status;
        foreach (var (name, value) in fault.Headers)
            context.Response.Headers[name] = value;
    }
}
