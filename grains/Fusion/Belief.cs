using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>
/// How probable an incident is, against two other explanations: a false alarm, and one cause that many homes share. Log-odds: prior +
/// Σ weight · ln(likelihood ratio), each term decayed by time, thinned by distance and discounted where it is not independent of weightier
/// evidence. Pure. What speaks against decays never, so belief cannot rise by waiting.
/// </summary>
public static class Belief
{
    /// <summary>Judges an incident at a moment.</summary>
    /// <param name="incident">With its evidence.</param>
    /// <param name="now">Not before the evidence.</param>
    /// <param name="model">The numbers.</param>
    /// <param name="may">Only evidence of sources with one of these consents counts; <see cref="Consents.All"/> counts all.</param>
    public static Judgement Of(Incident incident, DateTimeOffset now, FusionModel model, Consents may = Consents.All)
    {
        var hazard = model.Hazards[incident.Hazard];
        var centre = Centre(incident);
        var weighed = new Weight[incident.Evidence.Length];
        for (var i = 0; i < weighed.Length; i++)
            weighed[i] = Alone(incident.Evidence[i], incident.Hazard, centre, hazard.RadiusM, now, model, may);
        var common = Dependence.Discount(weighed, model);
        Array.Sort(weighed, WeightOrder.ByWeight);
        var silent = Silences.Of(weighed, incident.Hazard, now, model);

        var lnOdds = Prior(incident, hazard, model.Zone);
        foreach (var weight in weighed)
            lnOdds += weight.LnLr;
        foreach (var silence in silent)
            lnOdds += silence.LnLr;
        var belief = 1 / (1 + Math.Exp(-lnOdds));
        if (incident.Confirmation?.Rule == ConfirmationRule.Operator)
            belief = Math.Max(belief, model.Operator.LeastBelief);
        return new Judgement(belief, centre, weighed, silent, (1 - belief) * (1 - Math.Exp(-common)));
    }

    /// <summary>ln odds before any evidence: by the hazard, the local hour at which it began, and the kind of premises.</summary>
    private static double Prior(Incident incident, HazardModel hazard, TimeZoneInfo zone)
    {
        var lnOdds = hazard.PriorLnOdds;
        if (hazard.HourLnOdds is { } hours)
            lnOdds += hours[TimeZoneInfo.ConvertTime(incident.OpenedAt, zone).Hour * HazardModel.Quarters / 24];
        if (hazard.PlaceLnOdds is { } places && incident.Evidence.FirstOrDefault(evidence => evidence.PlaceKind is not null)?.PlaceKind is { } kind)
            lnOdds += places.GetValueOrDefault(kind);
        return lnOdds;
    }

    /// <summary>The incident's place, with the radius that holds its evidence.</summary>
    public static Place Centre(Incident incident) => incident.Extent.Centre;

    private static Weight Alone(Evidence evidence, Hazard hazard, Place centre, double radiusM, DateTimeOffset now, FusionModel model, Consents may)
    {
        var kind = model.Kinds.GetValueOrDefault(evidence.Kind);
        var full = kind?.Says(hazard) ?? 0;
        if (kind is null || full == 0 || (evidence.Consents & may) == 0 || (kind.Retracts && evidence.ClearedAt is not null))
            return new Weight(evidence, kind, full, 0, Discount.None);
        if (full < 0)
            return new Weight(evidence, kind, full, evidence.ClearedAt is null ? full : 0, Discount.None); // Cleared: who said so has taken it back.

        // Cleared or outlived evidence fades twice as fast: it says that something was, not that it is.
        var over = evidence.ClearedAt is not null || evidence.ValidUntil <= now;
        var stale = Math.Max(0, (now - evidence.At).TotalMinutes - kind.FreshMinutes);
        var decay = Math.Pow(2, -stale / (over ? kind.HalfLifeMinutes / 2 : kind.HalfLifeMinutes));
        var apart = Math.Max(0, Geo.DistanceM(centre, evidence.Place) - evidence.Place.UncertaintyM) / radiusM;
        var near = Math.Exp(-0.5 * apart * apart);
        var earned = evidence.Reliability ?? 1;
        var says = full * decay * earned * (evidence.Credence ?? 1);
        if (kind.Brief is { } brief && evidence.ClearedAt is { } end && (end - evidence.At).TotalMinutes <= brief.Minutes)
            return new Weight(evidence, kind, full, Math.Max(0, says + brief.LnLr), Discount.Brief, near);
        var why = earned < Math.Min(decay, 0.95) ? Discount.Reliability : decay < 0.95 ? Discount.Age : Discount.None;
        return new Weight(evidence, kind, full, says, why, near);
    }
}
