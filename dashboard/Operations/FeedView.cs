using CivicSignals.Feeds;
using CivicSignals.Silos;

namespace CivicSignals.Dashboard.Operations;

/// <summary>A polled feed of the whole platform.</summary>
/// <param name="State">As the silo that reads it, or spoke last, found it.</param>
/// <param name="IsRead">Whether a silo reads it.</param>
public sealed record FeedView(FeedState State, bool IsRead)
{
    /// <summary>All feeds, in the configuration's order.</summary>
    public static IReadOnlyList<FeedView> Of(IReadOnlyList<SiloReport> silos) =>
    [
        .. from silo in silos
           from state in silo.Feeds
           let isRead = silo.Duties.Contains($"feed {state.Name}")
           orderby isRead descending, silo.At descending // A silo that has died said long ago that it reads it.
           group new FeedView(state, isRead) by state.Name into feed
           orderby Place(silos, feed.Key)
           select feed.First(),
    ];

    private static int Place(IReadOnlyList<SiloReport> silos, string name) => silos[0].Feeds.Select(feed => feed.Name).ToList().IndexOf(name);
}
