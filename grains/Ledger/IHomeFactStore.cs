using CivicSignals.Homes;

namespace CivicSignals.Ledger;

/// <summary>Facts about homes as they are kept beside the ledger; they go with their home when it is erased. What a task wrote is on disk when it completes.</summary>
public interface IHomeFactStore : IHomeFacts
{
    /// <summary>All that still is so, in no order.</summary>
    Task<(IReadOnlyList<HomeFact> Facts, IReadOnlyList<PowerCut> PowerCuts)> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Keeps facts, or their ends; known by all but their ends. Of a home that is not there nothing is kept, of one that has
    /// <see cref="HomeFact.MostPerHome"/> the longest ended go.
    /// </summary>
    Task WriteAsync(IReadOnlyList<HomeFact> facts, IReadOnlyList<PowerCut> powerCuts);

    /// <summary>How many facts of one sort a device has had since a moment.</summary>
    Task<int> CountAsync(string gateway, string device, HomeFactKind what, DateTimeOffset since, CancellationToken cancellation);
}
