using CivicSignals.CommonCauses;
using CivicSignals.Fusion;
using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>Judges an area's incidents by the common causes that its region sees at work.</summary>
internal sealed class AreaSurges(AreaDraft draft)
{
    /// <summary>A cause that has grown by less, as ln, changes nothing that is written down.</summary>
    private const double Step = 0.4;

    /// <summary>Takes over what the region says.</summary>
    public void Explain(IReadOnlyList<Surge> surges)
    {
        draft.Surges = [.. surges];
        foreach (var incident in draft.Open.ToList())
        {
            var explained = incident with { Evidence = [.. incident.Evidence.Select(evidence => Explained(evidence, surges, draft.Model))] };
            if (explained.Evidence.SequenceEqual(incident.Evidence))
                continue;
            if (explained.Confirmation is { } confirmation && confirmation.Rule != ConfirmationRule.Operator && new Confirmer(explained, draft.Model).Find(draft.Now) is null)
                explained = explained with { Confirmation = null }; // What confirmed it was one cause, not two.
            draft.Replace(explained);
        }
    }

    /// <summary>The evidence with the strongest common cause that explains it, if that is news.</summary>
    public static Evidence Explained(Evidence evidence, IEnumerable<Surge> surges, FusionModel model)
    {
        Surge? strongest = null;
        foreach (var surge in surges)
        {
            if (model.CommonCauses.Any(rule => rule.Name == surge.Cause) && surge.Explains(evidence) && surge.LnTimes > (strongest?.LnTimes ?? 0))
                strongest = surge;
        }

        return strongest is null || strongest.LnTimes < (evidence.Common?.LnLr + Step ?? 0) ? evidence : evidence with { Common = new CommonCause(strongest.Cause, Math.Round(strongest.LnTimes, 3)) };
    }
}
