using CivicSignals.Notices;

namespace CivicSignals.Ledger;

/// <summary>Notices as they are kept beside the ledger. What a task wrote is on disk when it completes.</summary>
public interface INoticeStore : INotices
{
    /// <summary>A notice that has ended is kept for so long: a late copy of it must not begin it again.</summary>
    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>All of one feed that are kept, ended ones included, the last sent first.</summary>
    /// <param name="feed">Name of the feed.</param>
    /// <param name="limit">1..10,000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<Notice>> OfFeedAsync(string feed, int limit, CancellationToken cancellation);

    /// <summary>Keeps notices, each in place of its earlier version, and drops what ended more than <see cref="KeptFor"/> ago.</summary>
    Task SaveAsync(IReadOnlyList<Notice> notices, DateTimeOffset now);
}
