namespace CivicSignals.Ledger;

/// <summary>
/// What accounts on public networks have been told, kept beside the ledger. What a task wrote is on disk when it completes. All members are
/// thread-safe.
/// </summary>
public interface IDeliveryStore
{
    /// <summary>Sequence number up to which an account has been told everything; null: it has never been told anything.</summary>
    /// <param name="target">The account, as configured: <c>mastodon/example.social</c>.</param>
    /// <param name="cancellation">Cancels the read.</param>
    Task<long?> PositionAsync(string target, CancellationToken cancellation);

    /// <summary>Keeps how far an account has been told. To be called only when everything up to there is settled.</summary>
    Task SavePositionAsync(string target, long position);

    /// <summary>What stands on an account of one alert, or null when nothing was ever sent there.</summary>
    Task<Delivered?> FindAsync(string target, string alert, CancellationToken cancellation);

    /// <summary>Keeps what stands on an account, instead of what was kept of that alert. What ended <see cref="Delivered.KeptFor"/> before is forgotten.</summary>
    Task SaveAsync(string target, Delivered delivered);
}

/// <summary>What stands on one account of one alert.</summary>
/// <param name="Alert">The alert's id.</param>
/// <param name="Remote">The post, as the network names it; empty: a post was tried and it is not known whether it is there.</param>
/// <param name="Version">The alert's version that was sent last; 0 before the first.</param>
/// <param name="Posts">How many posts were begun: 2 after the first had been taken away on the network.</param>
/// <param name="Ended">Whether nothing more is expected: the alert has ended, or its post was taken away.</param>
/// <param name="At">When it was sent or tried, UTC.</param>
public sealed record Delivered(string Alert, string Remote, int Version, int Posts, bool Ended, DateTimeOffset At)
{
    /// <summary>How long what has ended is kept: longer than any alert is spoken of again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
}
