using Microsoft.Extensions.Hosting;

namespace CivicSignals.Ingest.Registration;

/// <summary>Fills the registry before the first message.</summary>
internal sealed class RegistryStart(RegistryLoader loader) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => loader.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
