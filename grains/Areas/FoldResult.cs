using CivicSignals.CommonCauses;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>What a fold decided.</summary>
/// <param name="State">The area's new state.</param>
/// <param name="Outcomes">One per signal, in the order given.</param>
/// <param name="Entries">What the ledger must append, in order, not committed yet.</param>
/// <param name="Durable">Whether the new state must be on disk before anything is acknowledged; else it is soft.</param>
/// <param name="Unmatched">Incidents near an edge that have grown: a neighbouring area may hold the same event.</param>
/// <param name="Alarms">New alarms of homes, for the region to count.</param>
public sealed record FoldResult(
    AreaState State,
    SignalOutcome[] Outcomes,
    IReadOnlyList<LedgerEntry> Entries,
    bool Durable,
    IReadOnlyList<string> Unmatched,
    IReadOnlyList<HomeAlarm> Alarms)
{
    /// <summary>Premises that stand otherwise with a service than before; without calls: not at all any more.</summary>
    public IReadOnlyCollection<FalseCallStanding> FalseCalls { get; init; } = [];
}
