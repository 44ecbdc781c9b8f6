using CivicSignals.Fusion;
using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>
/// Makes one incident of two that prove to be one event. Which one stays follows from what never changes (<see cref="Association.Precedes"/>),
/// so that two areas that look at each other decide the same.
/// </summary>
internal sealed class AreaMerge(AreaDraft draft)
{
    /// <summary>Unites an incident that has grown with others of its area.</summary>
    public void Unite(string id)
    {
        foreach (var other in draft.Open.Where(other => other.Id != id).OrderBy(other => other.Id, StringComparer.Ordinal).ToList())
        {
            var incident = draft.Find(id)!;
            if (Association.Explains(incident, other, draft.Model) || (Association.IsSame(incident, other, draft.Model) && Association.Precedes(incident, other)))
            {
                Merge(other, incident);
            }
            else if (Association.IsSame(incident, other, draft.Model))
            {
                Merge(incident, other);
                id = other.Id;
            }
        }
    }

    /// <summary>Takes a neighbouring area's incident into one of this area.</summary>
    /// <returns>False: the one that should take it is not open any more.</returns>
    public bool TakeOver(string into, Incident other)
    {
        if (draft.Find(into) is not { } incident)
            return false;
        draft.Replace(With(incident, other));
        draft.Grow(into);
        foreach (var evidence in other.Evidence.Where(evidence => evidence.ClearedAt is null))
            draft.Latches[new(evidence.Source, evidence.Kind)] = new Latch(evidence.Source, evidence.Kind, evidence.At, draft.Now, into, evidence.Event);
        return true;
    }

    /// <summary>Closes an incident that a neighbouring area has taken over; what its sources say from now on goes there.</summary>
    /// <returns>False: it has grown since, and must be handed over again.</returns>
    public bool HandOver(Incident taken, string into, string area)
    {
        if (draft.Find(taken.Id) is not { } incident)
            return true;
        if (!incident.Evidence.Select(Said).SequenceEqual(taken.Evidence.Select(Said)) || incident.Confirmation?.Rule != taken.Confirmation?.Rule)
            return false;
        foreach (var evidence in incident.Evidence)
        {
            var key = new LatchKey(evidence.Source, evidence.Kind);
            if (draft.Latches.TryGetValue(key, out var latch))
                draft.Latches[key] = latch with { Incident = into, Area = area };
        }

        draft.Close(incident with { MergedInto = into }, Outcome.Merged);
        return true;
    }

    /// <summary>What a piece of evidence says, whether or not it has been through the ledger, which keeps milliseconds.</summary>
    private static (string Source, string Kind, string? Event, long At, bool Cleared) Said(Evidence evidence) =>
        (evidence.Source, evidence.Kind, evidence.Event, evidence.At.ToUnixTimeMilliseconds(), evidence.ClearedAt is not null);

    private void Merge(Incident other, Incident into)
    {
        draft.Replace(With(into, other));
        draft.Close(other with { MergedInto = into.Id }, Outcome.Merged);
    }

    private static Incident With(Incident incident, Incident other)
    {
        var evidence = incident.Evidence;
        foreach (var piece in other.Evidence)
            evidence = evidence.With(piece);
        return incident with
        {
            Evidence = evidence,
            Confirmation = incident.Confirmation ?? (other.Confirmation?.Rule == ConfirmationRule.Operator ? other.Confirmation : null),
            AcknowledgedBy = incident.AcknowledgedBy ?? other.AcknowledgedBy,
        };
    }
}
