using CivicSignals.Duties;
using Microsoft.Extensions.Hosting;

namespace CivicSignals.Ingest.Registration;

/// <summary>Fills the registry before the first message.</summary>
internal sealed class RegistryStart(RegistryLoader loader, IDuties duties) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => duties.OnceAsync("registry-file", loader.LoadAsync, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
