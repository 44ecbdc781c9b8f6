namespace CivicSignals.Feeds;

/// <summary>How the polled feeds of this silo are, for the operations page.</summary>
public interface IFeedStates
{
    /// <summary>One for each configured feed, in the configuration's order.</summary>
    IReadOnlyList<FeedState> Read();
}
