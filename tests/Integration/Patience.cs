namespace CivicSignals.Tests.Integration;

/// <summary>How long to wait before a test has failed: bounds for the worst machine, not expectations.</summary>
internal static class Patience
{
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(180);
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(90);

    /// <summary>Waits until something that another process brings about is so.</summary>
    public static async Task Until(Func<Task<bool>> isSo, string what, TimeSpan? patience = null)
    {
        using var end = new CancellationTokenSource(patience ?? Answer);
        while (!await isSo())
        {
            Assert.False(end.IsCancellationRequested, $"waited in vain for: {what}");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
