using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using Orleans.Concurrency;

namespace CivicSignals.Areas;

/// <summary>The one owner of a map tile's incidents. Its key is the tile's quadkey.</summary>
[Alias("area")]
public interface IAreaGrain : IGrainWithStringKey
{
    /// <summary>
    /// Weighs a batch of signals in this tile. When it returns, everything that the batch changed is on disk.
    /// Signals that a neighbouring area already follows come back as redirects and were not weighed here.
    /// </summary>
    /// <param name="signals">1..4,096 signals, in order of arrival.</param>
    /// <param name="final">True for redirected signals: weigh them here, whatever the neighbours hold.</param>
    /// <param name="cancellation">Gives up waiting, not the commit.</param>
    /// <exception cref="Ledger.LedgerUnavailableException">Nothing of the batch is acknowledged; offer it again.</exception>
    [Alias("offer")]
    Task<OfferReceipt> OfferAsync(Immutable<Signal[]> signals, bool final, CancellationToken cancellation);

    /// <summary>Applies a person's decision about an incident of this area. On disk when it returns.</summary>
    [Alias("act")]
    Task<ActionResult> ActAsync(OperatorAction action, CancellationToken cancellation);

    /// <summary>Closes what is due by now. Harmless at any time.</summary>
    [Alias("tick")]
    Task TickAsync(CancellationToken cancellation);

    /// <summary>
    /// Judges what is held of a home by what has changed about it: audiences that may no longer know are told so, what is erased is forgotten.
    /// On disk when it returns.
    /// </summary>
    [Alias("revise")]
    Task ReviseAsync(HomeRevision home, CancellationToken cancellation);

    /// <summary>Whether this area follows each of the signals: it has heard that source say it, or has an open incident that it belongs to.</summary>
    [Alias("follows"), AlwaysInterleave]
    Task<bool[]> FollowsAsync(Immutable<Signal[]> signals, CancellationToken cancellation);
}
