using CivicSignals.CommonCauses;
using CivicSignals.Incidents;
using Orleans.Concurrency;

namespace CivicSignals.Areas;

/// <summary>How areas agree on incidents near their common edges, and on causes that reach beyond them. Its key is the area's, and the area's grain answers.</summary>
[Alias("area-edge")]
public interface IAreaEdge : IGrainWithStringKey
{
    /// <summary>
    /// Compares this area's incidents near its edges with the neighbours', hands over those that a neighbour opened first, and tells the region
    /// of new alarms. The area does so by itself soon after a change, unless <see cref="AreaOptions.ReconcilesByItself"/> says otherwise.
    /// </summary>
    [Alias("reconcile"), AlwaysInterleave]
    Task ReconcileAsync(CancellationToken cancellation);

    /// <summary>The open incidents of this area that are the same event as a neighbour's.</summary>
    /// <param name="incident">The neighbour's, as the ledger's JSON.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    [Alias("match"), AlwaysInterleave]
    Task<IReadOnlyList<Match>> MatchAsync(Immutable<byte[]> incident, CancellationToken cancellation);

    /// <summary>Asks this area to compare an incident again: a neighbour has found that it opened the same event first.</summary>
    [Alias("reconsider"), AlwaysInterleave]
    Task ReconsiderAsync(string incident, CancellationToken cancellation);

    /// <summary>Whether an open incident of this area may take another area's, as a person wants it: <see cref="ActionResult.Done"/>, or why not.</summary>
    [Alias("may-take"), AlwaysInterleave]
    Task<ActionResult> MayTakeAsync(string into, Immutable<byte[]> incident, CancellationToken cancellation);

    /// <summary>Takes a neighbour's incident into one of this area's. On disk when it returns; may come again.</summary>
    /// <returns>False: that one is not open any more, or must not be one with it.</returns>
    [Alias("take-over")]
    Task<bool> TakeOverAsync(string into, Immutable<byte[]> incident, CancellationToken cancellation);

    /// <summary>Closes an incident of this area that a neighbour has taken over as it was given. On disk when it returns.</summary>
    /// <returns>False: it has grown since, and goes on.</returns>
    [Alias("hand-over")]
    Task<bool> HandOverAsync(Immutable<byte[]> taken, string into, string area, CancellationToken cancellation);

    /// <summary>Takes what the region says of common causes at work. What it changes is on disk when it returns.</summary>
    [Alias("explain")]
    Task ExplainAsync(IReadOnlyList<Surge> surges, CancellationToken cancellation);

    /// <summary>Keeps an incident of this area that a person has sent to another, which does not take it any more. On disk when it returns.</summary>
    [Alias("stay")]
    Task StayAsync(string incident, CancellationToken cancellation);
}
