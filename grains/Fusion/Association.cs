using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Fusion;

/// <summary>Which incident a signal belongs to: one about a hazard that its kind speaks for or against, near enough in place and time.</summary>
public static class Association
{
    /// <summary>The best match among open incidents, or null: the kind's primary hazard first, then the nearest, then the oldest.</summary>
    public static Incident? Find(IReadOnlyList<Incident> open, Signal signal, DateTimeOffset now, FusionModel model)
    {
        if (!model.Kinds.TryGetValue(signal.Kind, out var kind))
            return null;
        if (signal.Target is { } target && open.FirstOrDefault(incident => incident.Id == target.Incident) is { } meant)
            return kind.IsAbout(meant.Hazard) ? meant : null;
        Incident? best = null;
        var bestKey = (Secondary: true, Distance: double.MaxValue);
        foreach (var incident in open)
        {
            if (!Belongs(incident, kind, signal.Place, signal.ObservedAt, now, model, out var distance))
                continue;
            if (kind.Opens && incident.Hazard != kind.Primary && incident.Evidence.All(evidence => evidence.ClearedAt is not null))
                continue; // What is over there explains nothing that begins now.
            var key = (Secondary: incident.Hazard != kind.Primary, Distance: distance);
            if (best is null || key.CompareTo(bestKey) < 0
                || (key == bestKey && (incident.OpenedAt, incident.Id).CompareTo((best.OpenedAt, best.Id)) < 0))
            {
                (best, bestKey) = (incident, key);
            }
        }

        return best;
    }

    /// <summary>Whether evidence that came earlier belongs to an incident.</summary>
    public static bool Belongs(Evidence evidence, Incident incident, KindModel kind, DateTimeOffset now, FusionModel model) =>
        Belongs(incident, kind, evidence.Place, evidence.At, now, model, out _);

    /// <summary>Whether an incident's whole evidence would also speak for another incident at the same place: one event under two names.</summary>
    public static bool Explains(Incident hypothesis, Incident other, FusionModel model) =>
        other.Id != hypothesis.Id
        && other.Hazard != hypothesis.Hazard
        && other.Confirmation?.Rule != ConfirmationRule.Operator
        && !Provenance.AreApart(hypothesis, other)
        && other.Evidence.All(e => model.Kinds.TryGetValue(e.Kind, out var kind) && kind.Says(hypothesis.Hazard) > 0)
        && Apart(hypothesis.Extent.Middle, other.Extent.Centre) <= model.Hazards[hypothesis.Hazard].RadiusM;

    private static bool Belongs(Incident incident, KindModel kind, Place place, DateTimeOffset at, DateTimeOffset now, FusionModel model, out double distance)
    {
        distance = 0;
        if (!kind.IsAbout(incident.Hazard))
            return false;
        var hazard = model.Hazards[incident.Hazard];
        if (incident.Extent.IsBeyond(place.Lat, place.Lon, hazard.RadiusM + place.UncertaintyM) || !InTime(incident, at, now, hazard))
            return false;
        distance = Apart(incident.Extent.Middle, place);
        return distance <= hazard.RadiusM;
    }

    /// <summary>Whether two incidents are one event: the same hazard at one place, and at one time.</summary>
    public static bool IsSame(Incident a, Incident b, FusionModel model) =>
        a.Hazard == b.Hazard
        && a.Id != b.Id
        && !Provenance.AreApart(a, b)
        && Geo.DistanceM(a.Extent.Middle, b.Extent.Middle) <= model.Hazards[a.Hazard].RadiusM
        && (a.Extent.Newest - b.Extent.Newest).Duration().TotalMinutes <= model.Hazards[a.Hazard].WindowMinutes;

    /// <summary>Whether of two incidents that are one event the first stays: the one that opened first.</summary>
    /// <remarks>To the millisecond, which is what the ledger keeps: both areas must see the same order.</remarks>
    public static bool Precedes(Incident a, Incident b)
    {
        var (first, second) = (a.OpenedAt.ToUnixTimeMilliseconds(), b.OpenedAt.ToUnixTimeMilliseconds());
        return first != second ? first < second : string.CompareOrdinal(a.Id, b.Id) < 0;
    }

    /// <summary>Metres between an incident's centre and a place, beyond the place's uncertainty.</summary>
    private static double Apart(Place centre, Place place) => Math.Max(0, Geo.DistanceM(centre, place) - place.UncertaintyM);

    private static bool InTime(Incident incident, DateTimeOffset at, DateTimeOffset now, HazardModel hazard)
    {
        var newest = incident.Extent.Newest;
        var later = at > newest ? at : now > newest ? now : newest;
        var window = incident.Alerts.IsEmpty ? hazard.WindowMinutes : hazard.AlertedExpiresMinutes;
        return (later - newest).TotalMinutes <= window && (newest - at).TotalMinutes <= window;
    }
}
