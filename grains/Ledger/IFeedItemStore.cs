using CivicSignals.Signals;

namespace CivicSignals.Ledger;

/// <summary>What each feed says is going on, kept so that its end is seen across a restart. What a task wrote is on disk when it completes.</summary>
/// <exception cref="LedgerUnavailableException">Any member: the database cannot be read or written now.</exception>
public interface IFeedItemStore
{
    /// <summary>The signals that a feed's items made and nothing has ended, one for each source.</summary>
    Task<IReadOnlyList<Signal>> GoingOnAsync(string feed, CancellationToken cancellation);

    /// <summary>Keeps what has begun, each in place of what its source said before, and forgets what has ended.</summary>
    /// <param name="feed">Name of the feed.</param>
    /// <param name="begun">Signals that go on.</param>
    /// <param name="ended">Signals that do no more; known by their sources.</param>
    Task WriteAsync(string feed, IReadOnlyList<Signal> begun, IReadOnlyList<Signal> ended);
}
