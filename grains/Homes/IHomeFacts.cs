namespace CivicSignals.Homes;

/// <summary>What pages and API read of facts about homes. All members are thread-safe; what they answer is some seconds behind the messages.</summary>
/// <exception cref="Ledger.LedgerUnavailableException">Any member: the database cannot be read now.</exception>
public interface IHomeFacts
{
    /// <summary>Facts of one home: those that still are so first, then the newest.</summary>
    /// <param name="gateway">The home.</param>
    /// <param name="limit">1..500.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<HomeFact>> OfHomeAsync(string gateway, int limit, CancellationToken cancellation);

    /// <summary>Gateways and devices that are offline or silent now, the newest first.</summary>
    /// <param name="limit">1..1,000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<HomeFact>> AwayAsync(int limit, CancellationToken cancellation);

    /// <summary>Power cuts: those that last first, then the newest.</summary>
    /// <param name="limit">1..1,000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<PowerCut>> PowerCutsAsync(int limit, CancellationToken cancellation);

    /// <summary>
    /// The fire service's home-safety list: what is wrong now with fire, gas and carbon monoxide alarms of homes that consent to
    /// <see cref="Signals.Consents.Prevention"/> at this moment, the oldest first.
    /// </summary>
    /// <param name="limit">1..1,000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<PreventionEntry>> PreventionAsync(int limit, CancellationToken cancellation);
}
