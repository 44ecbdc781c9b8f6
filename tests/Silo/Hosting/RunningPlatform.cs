using CivicSignals.Silo.Hosting;
using Microsoft.AspNetCore.Builder;

namespace CivicSignals.Tests.Silo.Hosting;

/// <summary>The platform on free ports with data of its own.</summary>
internal sealed class RunningPlatform : IAsyncDisposable
{
    private readonly string _folder;

    private RunningPlatform(WebApplication app, string folder)
    {
        (App, _folder) = (app, folder);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{app.HttpPort()}") };
    }

    public WebApplication App { get; }
    public HttpClient Http { get; }

    public static async Task<RunningPlatform> StartAsync(Action<WebApplicationBuilder>? also = null, params string[] configuration)
    {
        var folder = Directory.CreateTempSubdirectory("platform-").FullName;
        var app = await Platform.OpenAsync(["--Http:Port=0", "--Mqtt:Port=0", $"--Data:Path={folder}", .. configuration], also);
        await app.StartAsync();
        return new RunningPlatform(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
