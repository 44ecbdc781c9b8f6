using System.Collections.Concurrent;

namespace CivicSignals.Duties;

/// <summary>A cluster of one: every duty is its own.</summary>
public sealed class SoleMachine : IDuties
{
    private readonly ConcurrentDictionary<string, bool> _held = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Held => [.. _held.Keys];

    /// <inheritdoc/>
    public async Task RunAsync(string duty, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        _held[duty] = true;
        try
        {
            await work(cancellation);
        }
        finally
        {
            _held.TryRemove(duty, out _);
        }
    }
}
