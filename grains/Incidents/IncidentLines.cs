using CivicSignals.Fusion;
using CivicSignals.Neighbourhoods;

namespace CivicSignals.Incidents;

/// <summary>Writes an incident as outsiders read it.</summary>
internal static class IncidentLines
{
    /// <summary>The line for a moment: numbers rounded, the weightiest evidence first, each weight in words.</summary>
    public static IncidentLine Of(Incident incident, Judgement judgement, DateTimeOffset now, FusionModel model, NeighbourhoodMap map)
    {
        var hazard = model.Hazards[incident.Hazard];
        return new IncidentLine(
            now,
            "incident",
            incident.Id,
            incident.Hazard,
            Math.Round(judgement.Centre.Lat, 6),
            Math.Round(judgement.Centre.Lon, 6),
            Math.Round(judgement.Centre.UncertaintyM, 1),
            Math.Round(judgement.Belief, 6),
            incident.Stage,
            incident.Outcome,
            incident.Confirmation,
            [.. judgement.Weights.Select(weight => Of(weight, now, hazard))],
            incident.MergedInto,
            incident.OpenedAt,
            map.At(judgement.Centre.Lat, judgement.Centre.Lon)?.Name,
            incident.AcknowledgedBy,
            incident.Model,
            [.. incident.Alerts.Select(track => track.Audience)])
        {
            Silent = judgement.Silent.Count == 0 ? null : [.. judgement.Silent.Select(silence => new SilentLine(silence.Kind.Label, silence.LnLr, Explanation.Why(silence, hazard)))],
            CommonCause = judgement.CommonCause == 0 ? null : Math.Round(judgement.CommonCause, 6),
            MergedFrom = incident.Provenance?.Merged is { Count: > 0 } merged ? merged : null,
            Apart = incident.Provenance?.Apart is { Count: > 0 } apart ? apart : null,
            MergingInto = incident.Leaving?.Into,
        };
    }

    private static EvidenceLine Of(Weight weight, DateTimeOffset now, HazardModel hazard) => new(
        weight.Evidence.Source,
        weight.Evidence.Kind,
        weight.Evidence.At,
        Math.Round(weight.LnLr, 3),
        weight.Full,
        Explanation.Why(weight, now, hazard),
        Math.Round(weight.Evidence.Place.Lat, 6),
        Math.Round(weight.Evidence.Place.Lon, 6),
        weight.Evidence.ClearedAt)
    {
        Discount = weight.Discount == Discount.None ? null : weight.Discount,
        UncertaintyM = Math.Round(weight.Evidence.Place.UncertaintyM, 1),
    };
}
