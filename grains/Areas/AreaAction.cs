using CivicSignals.Fusion;
using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>Applies what a person decides about an incident.</summary>
internal sealed class AreaAction(AreaDraft draft)
{
    public ActionResult Act(OperatorAction action)
    {
        if (draft.Find(action.Incident) is not { } incident)
            return ActionResult.NotFound;
        switch (action.Verb)
        {
            case ActionVerb.Acknowledge when incident.AcknowledgedBy == action.User:
            case ActionVerb.Confirm when incident.Confirmation?.Rule == ConfirmationRule.Operator:
                return ActionResult.Unchanged;
            case ActionVerb.Acknowledge:
                draft.Replace(incident with { AcknowledgedBy = action.User });
                break;
            case ActionVerb.Confirm:
                draft.Replace(incident with { Confirmation = new(ConfirmationRule.Operator, draft.Model.Operator.Version, draft.Now, [action.User]) });
                break;
            case ActionVerb.FalseAlarm:
                draft.Close(incident, Outcome.FalseAlarm, byPerson: true);
                break;
            case ActionVerb.Merge:
                return new AreaMerge(draft).Merge(incident, action);
            case ActionVerb.Split:
                return new AreaSplit(draft).Split(incident, action);
            case ActionVerb.UndoMerge:
                return new AreaSplit(draft).Undo(incident, action);
            default:
                draft.Close(incident, Outcome.AllClear, byPerson: true);
                break;
        }

        draft.Write(new ActionLine(draft.Now, "action", incident.Id, action.Verb.Word(), action.User, action.Note));
        return ActionResult.Done;
    }
}
