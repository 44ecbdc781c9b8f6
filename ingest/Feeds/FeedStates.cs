using CivicSignals.Feeds;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Feeds;

/// <summary>How the polled feeds are. All members are thread-safe.</summary>
internal sealed class FeedStates(IOptions<FeedsOptions> options) : IFeedStates
{
    private readonly Lock _gate = new();
    private readonly FeedState[] _states = [.. options.Value.All.Select(feed => new FeedState(feed.Label, feed.Format))];

    public IReadOnlyList<FeedState> Read()
    {
        lock (_gate)
            return [.. _states];
    }

    /// <summary>Changes one feed's state.</summary>
    /// <param name="feed">Its label.</param>
    /// <param name="change">From what it was to what it is.</param>
    public void Change(string feed, Func<FeedState, FeedState> change)
    {
        lock (_gate)
        {
            var at = Array.FindIndex(_states, state => state.Name == feed);
            _states[at] = change(_states[at]);
        }
    }
}
