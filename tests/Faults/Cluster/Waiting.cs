using System.Diagnostics;

namespace CivicSignals.Faults.Cluster;

/// <summary>Waiting for what other processes bring about.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <exception cref="TimeoutException">It did not become so; the message says what.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what, TimeSpan patience)
    {
        var began = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (began.Elapsed > patience)
                throw new TimeoutException($"waited {patience.TotalSeconds:0} s in vain for: {what}");
            await Task.Delay(Pause);
        }
    }

    public static Task UntilAsync(Func<bool> isSo, string what, TimeSpan patience) => UntilAsync(() => Task.FromResult(isSo()), what, patience);
}
