using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>An incident as those on the road see it.</summary>
/// <param name="Seen">With the evidence from the road alone; null when its public place is not on the road.</param>
/// <param name="Category">What it is there, by its weightiest evidence; null with <paramref name="Seen"/>.</param>
/// <param name="Alone">Whether nobody speaks for it but those on the road, and people who say only that they see it too: no home is given away.</param>
internal readonly record struct RoadView(Incident? Seen, RoadCategory? Category, bool Alone)
{
    public static RoadView Of(Incident incident, Judgement judgement, FusionModel model, AlertPolicy policy)
    {
        bool OnTheRoad(Evidence evidence) =>
            !evidence.IsErased
            && evidence.Premises is null
            && evidence.Consents.HasFlag(Consents.Public)
            && model.Kinds.TryGetValue(evidence.Kind, out var kind)
            && policy.RoadFamilies.Contains(kind.Family);

        var seen = incident.Evidence.RemoveAll(evidence => !OnTheRoad(evidence));
        var alone = incident.Evidence.All(evidence => OnTheRoad(evidence) || (evidence.Premises is null && evidence.Place.IsVague));
        if (seen.IsEmpty || (!alone && incident.Hazard is not (Hazard.RoadCrash or Hazard.RoadHazard)))
            return default;
        var category = judgement.Weights
            .Where(weight => OnTheRoad(weight.Evidence))
            .Select(weight => policy.RoadOf(weight.Evidence.Kind))
            .FirstOrDefault(road => road is not null);
        return category is null ? default : new(incident with { Evidence = seen }, category, alone);
    }
}
