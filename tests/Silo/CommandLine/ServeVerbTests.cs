using CivicSignals.Silo.CommandLine;
using CivicSignals.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CivicSignals.Tests.Silo.CommandLine;

public sealed class ServeVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serve_ToldToStopWhenUp_SaysWhereEverythingIsAndEnds()
    {
        await using var app = await Platform.OpenAsync(["--Http:Port=0", "--Mqtt:Port=0", $"--Data:Path={_folder}"]);
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);
        using var output = new StringWriter();

        await ServeVerb.ServeAsync(app, output);

        Assert.Contains("control room    http://localhost:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(_folder, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ToldToStopWhileStarting_EndsInOrder()
    {
        await using var app = await Platform.OpenAsync(
            ["--Http:Port=0", "--Mqtt:Port=0", $"--Data:Path={_folder}"],
            builder => builder.Services.AddHostedService<StopsAtOnce>());
        using var output = new StringWriter();

        await ServeVerb.ServeAsync(app, output);

        Assert.Empty(output.ToString());
    }

    private sealed class StopsAtOnce(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            cancellationToken.ThrowIfCancellationRequested();
            throw new OperationCanceledException();
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
