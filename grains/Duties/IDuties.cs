namespace CivicSignals.Duties;

/// <summary>What one machine of the cluster does for all of them: reading a post stream, polling feeds, telling accounts on public networks.</summary>
public interface IDuties
{
    /// <summary>The names of those that this machine holds now.</summary>
    IReadOnlyCollection<string> Held { get; }

    /// <summary>
    /// Runs <paramref name="work"/> for as long as this machine holds the duty, each time that it gets it. Completes when
    /// <paramref name="cancellation"/> is cancelled.
    /// </summary>
    /// <param name="duty">Its name, the same on every machine; 1..100 characters.</param>
    /// <param name="work">
    /// Ends soon after its token is cancelled: then another machine may have begun. When it ends by itself or fails, the duty is given up and sought anew.
    /// </param>
    /// <param name="cancellation">Ends the work and gives the duty up.</param>
    Task RunAsync(string duty, Func<CancellationToken, Task> work, CancellationToken cancellation);
}
