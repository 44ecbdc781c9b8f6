using CivicSignals.Alerts;
using CivicSignals.Fusion;
using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>
/// Makes one incident of two that prove to be one event. Which one stays follows from what never changes (<see cref="Association.Precedes"/>),
/// so that two areas that look at each other decide the same; where a person decides, it is the one that the person names.
/// </summary>
internal sealed class AreaMerge(AreaDraft draft)
{
    /// <summary>Unites an incident that has grown with others of its area.</summary>
    public void Unite(string id)
    {
        if (!HasTwin(draft.Find(id)!))
            return;
        foreach (var other in draft.Open.Where(other => other.Id != id).OrderBy(other => other.Id, StringComparer.Ordinal).ToList())
        {
            var incident = draft.Find(id)!;
            if (Association.Explains(incident, other, draft.Model) || (Association.IsSame(incident, other, draft.Model) && Association.Precedes(incident, other)))
            {
                Merge(other, incident, Merger.Engine);
            }
            else if (Association.IsSame(incident, other, draft.Model))
            {
                Merge(incident, other, Merger.Engine);
                id = other.Id;
            }
        }
    }

    private bool HasTwin(Incident incident)
    {
        var radius = draft.Model.Hazards[incident.Hazard].RadiusM;
        foreach (var other in draft.Open)
        {
            if (!incident.Extent.IsBeyond(other.Extent, radius + other.Extent.MostRadiusM)
                && (Association.Explains(incident, other, draft.Model) || Association.IsSame(incident, other, draft.Model)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Merges an incident into another as a person decides: at once in one area, else it sets out for the other's area.</summary>
    public ActionResult Merge(Incident incident, OperatorAction action)
    {
        if (incident.Leaving is { } leaving)
            return leaving.Into == action.Other ? ActionResult.Accepted : ActionResult.Leaving;
        if (action.Other is null)
            return ActionResult.OtherNotOpen;
        if (action.OtherArea is { } area && area != draft.Area)
        {
            draft.Replace(incident with { Leaving = new Departure(action.Other, area, draft.Now, action.User, action.Note) });
            draft.Grow(incident.Id);
            Write(incident.Id, action.Verb.Word(), action.Other, action.User, action.Note);
            return ActionResult.Accepted;
        }

        if (MayTake(draft.Find(action.Other), incident, draft.Model) is not ActionResult.Done and var refusal)
            return refusal;
        Merge(incident, draft.Find(action.Other)!, action.User);
        Write(incident.Id, action.Verb.Word(), action.Other, action.User, action.Note);
        Write(action.Other, MergeFrom, incident.Id, action.User, action.Note);
        return ActionResult.Done;
    }

    /// <summary>Whether a person may merge an incident into another: <see cref="ActionResult.Done"/>, or why not.</summary>
    /// <param name="into">Null: it is not open.</param>
    /// <param name="other">The one to merge.</param>
    /// <param name="model">What speaks for what.</param>
    public static ActionResult MayTake(Incident? into, Incident other, FusionModel model)
    {
        if (into is null || into.Id == other.Id)
            return ActionResult.OtherNotOpen;
        if (into.Leaving is not null)
            return ActionResult.Leaving;
        if (other.Hazard != into.Hazard && !other.Evidence.All(e => model.Kinds.TryGetValue(e.Kind, out var kind) && kind.LnLr.GetValueOrDefault(into.Hazard) > 0))
            return ActionResult.OtherHazard;
        return Geo.DistanceM(Belief.Centre(into), Belief.Centre(other)) > Merger.WithinM ? ActionResult.TooFar : ActionResult.Done;
    }

    /// <summary>Takes a neighbouring area's incident into one of this area. May come again.</summary>
    /// <returns>False: the one that should take it is not open any more, or must not be one with it.</returns>
    public bool TakeOver(string into, Incident other)
    {
        if (draft.Find(into) is not { } incident || MayTake(incident, other, draft.Model) != ActionResult.Done)
            return false;
        if (other.Leaving is null && Provenance.AreApart(incident, other))
            return false;
        if (other.Leaving is { } leaving && incident.Provenance?.Merged.Any(merger => merger.Id == other.Id) != true)
            Write(into, MergeFrom, other.Id, leaving.By, leaving.Note);
        Take(incident, other, other.Leaving?.By ?? Merger.Engine);
        draft.Grow(into);
        foreach (var evidence in other.Evidence.Where(evidence => evidence.ClearedAt is null))
            draft.Remember(new Latch(evidence.Source, evidence.Kind, evidence.At, draft.Now, into, evidence.Event));
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
            if (draft.Latches.Find(key) is { } latch)
                draft.Remember(latch with { Incident = into, Area = area });
        }

        draft.Close(incident with { MergedInto = into, Leaving = null }, Outcome.Merged);
        return true;
    }

    /// <summary>Keeps an incident that was on its way to another area, which does not take it any more.</summary>
    public void Stay(string id)
    {
        if (draft.Find(id) is not { Leaving: { } leaving } incident)
            return;
        draft.Replace(incident with { Leaving = null });
        draft.Grow(id);
        Write(id, "merge-refused", leaving.Into, leaving.By, "");
    }

    private const string MergeFrom = "merge-from";

    /// <summary>What a piece of evidence says, whether or not it has been through the ledger, which keeps milliseconds.</summary>
    private static (string Source, string Kind, string? Event, long At, bool Cleared) Said(Evidence evidence) =>
        (evidence.Source, evidence.Kind, evidence.Event, evidence.At.ToUnixTimeMilliseconds(), evidence.ClearedAt is not null);

    private void Merge(Incident other, Incident into, string by)
    {
        Take(into, other, by);
        draft.Close(other with { MergedInto = into.Id }, Outcome.Merged);
    }

    private void Take(Incident incident, Incident other, string by)
    {
        var after = With(incident, other, by);
        draft.Replace(after);
        if (after.Provenance!.Merged[^1].Alerts.Count > 0)
            draft.Reshape(incident.Id, Reshaping.Merged);
    }

    private Incident With(Incident incident, Incident other, string by)
    {
        var (ours, theirs) = (incident.Provenance ?? Provenance.None, other.Provenance ?? Provenance.None);
        var again = ours.Merged.FirstOrDefault(merger => merger.Id == other.Id);
        var evidence = incident.Evidence;
        var brought = new List<string>(other.Evidence.Length);
        foreach (var piece in other.Evidence)
        {
            // What a source said last stands.
            var at = evidence.IndexOf(new LatchKey(piece.Source, piece.Kind));
            if (at >= 0 && evidence[at].At >= piece.At && again?.Evidence.Contains(piece.Name) != true)
                continue;
            evidence = evidence.With(piece);
            brought.Add(piece.Name);
        }

        var vouched = other.Confirmation?.Rule == ConfirmationRule.Operator ? other.Confirmation : null;
        var merger = new Merger(
            other.Id, incident.Id, other.Hazard, other.OpenedAt, again?.At ?? draft.Now, by, brought,
            [.. other.Alerts.Where(track => !track.Withdrawn).Select(track => new MergedAlert(track.Id, track.Audience))], vouched, other.AcknowledgedBy);
        return incident with
        {
            Evidence = evidence,
            Confirmation = incident.Confirmation ?? (other.Hazard == incident.Hazard ? vouched : null),
            AcknowledgedBy = incident.AcknowledgedBy ?? other.AcknowledgedBy,
            Provenance = new(
                [.. ours.Merged.Where(earlier => earlier != again).Concat(theirs.Merged).DistinctBy(earlier => earlier.Id), merger],
                [.. ours.Apart.Union(theirs.Apart).Where(id => id != incident.Id && id != other.Id)]),
        };
    }

    private void Write(string incident, string action, string other, string user, string note) =>
        draft.Write(new ActionLine(draft.Now, "action", incident, action, user, note) { Other = other });
}
