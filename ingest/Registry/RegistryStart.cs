using CivicSignals.Duties;
using Microsoft.Extensions.Hosting;

namespace CivicSignals.Ingest.Registration;

/// <summary>Fills the registry before the first message.</summary>
internal sealed class RegistryStart(RegistryLoader loader, IDuties duties) : IHostedService
{
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Completes when the registry is full. Other silos hand messages to this one as soon as it is among the cluster's members, which is before: read with an
    /// empty registry, every home would be unknown, and its alarms rejected and acknowledged.
    /// </summary>
    public Task Full => _full.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await duties.OnceAsync("registry-file", loader.LoadAsync, cancellationToken);
        _full.TrySetResult();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
