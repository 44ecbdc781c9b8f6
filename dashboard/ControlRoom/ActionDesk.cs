using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>Hands what a person decides to the area that owns the incident, and says what became of it.</summary>
internal static class ActionDesk
{
    /// <summary>Acts. Of a merger, the ledger knows whose the other incident is.</summary>
    /// <param name="grains">The areas.</param>
    /// <param name="ledger">Where incidents are found.</param>
    /// <param name="area">The area that owns the incident.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task<ActionResult> ActAsync(IGrainFactory grains, ILedgerReader ledger, string area, OperatorAction action, CancellationToken cancellation)
    {
        if (action is { Verb: ActionVerb.Merge, Other: { } other })
        {
            var entries = await ledger.IncidentAsync(other, cancellation);
            if (entries.LastOrDefault(entry => entry.Type == EntryType.Incident) is not { Open: true } line)
                return ActionResult.OtherNotOpen;
            action = action with { OtherArea = line.Area };
        }

        return await grains.GetGrain<IAreaGrain>(area).ActAsync(action, cancellation);
    }

    /// <summary>Why nothing was changed, in a sentence; null where it was done or accepted.</summary>
    public static string? Refusal(ActionResult result) => result switch
    {
        ActionResult.Done or ActionResult.Accepted or ActionResult.Unchanged => null,
        ActionResult.Closed => "The incident is closed; nothing was changed.",
        ActionResult.OtherNotOpen => "The other incident is not open, or it is this one; nothing was changed.",
        ActionResult.OtherHazard => "The other incident is about another hazard, and not all evidence of this one speaks for that; nothing was changed.",
        ActionResult.TooFar => "The two incidents are more than 2 km apart; nothing was changed.",
        ActionResult.Leaving => "One of the two is being merged into another incident; nothing was changed.",
        ActionResult.NoSuchEvidence => "The incident does not hold all of that evidence; nothing was changed.",
        ActionResult.NothingLeft => "The incident would be left without evidence; nothing was changed.",
        ActionResult.SpeaksForNothing => "That evidence alone speaks for no hazard; nothing was changed.",
        ActionResult.NoSuchMerger => "No such incident was merged into it, or nothing of it is left there; nothing was changed.",
        _ => "The area does not know this incident any more; nothing was changed.",
    };
}
