using System.Runtime.ExceptionServices;

namespace CivicSignals.Duties;

/// <summary>What is done with <see cref="IDuties"/>.</summary>
public static class DutyExtensions
{
    /// <summary>Waits for the duty, does something once, and gives it up: of machines that start together, one after the other does it.</summary>
    public static async Task OnceAsync(this IDuties duties, string duty, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        await duties.RunAsync(
            duty,
            async token =>
            {
                try
                {
                    await work(token);
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }

                await done.CancelAsync();
            },
            done.Token);
        failure?.Throw();
        cancellation.ThrowIfCancellationRequested();
    }
}
