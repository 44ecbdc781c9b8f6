namespace CivicSignals.Duties;

/// <summary>A cluster of one: every duty is its own.</summary>
public sealed class SoleMachine : IDuties
{
    /// <inheritdoc/>
    public Task RunAsync(string duty, Func<CancellationToken, Task> work, CancellationToken cancellation) => work(cancellation);
}
