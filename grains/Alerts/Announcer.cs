using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>Decides, after each change of an incident, which alerts go out, are updated, or are ended. Pure.</summary>
public sealed class Announcer(FusionModel model, AlertPolicy policy, NeighbourhoodMap map)
{
    /// <summary>The alerts to send now, and the incident as it remembers them.</summary>
    /// <param name="incident">After its change.</param>
    /// <param name="judgement">What is made of it.</param>
    /// <param name="now">The moment.</param>
    /// <param name="withheld">Services that are not to be told of it.</param>
    public (Incident Incident, IReadOnlyList<Alert> Alerts) Announce(Incident incident, Judgement judgement, DateTimeOffset now, Consents withheld = Consents.None)
    {
        var neighbourhood = map.At(judgement.Centre.Lat, judgement.Centre.Lon);
        var view = RoadView.Of(incident, judgement, model, policy);
        var shape = view.Seen is { } seen ? PublicShape.OnTheRoad(seen) : PublicShape.Coarse(judgement.Centre, neighbourhood);
        var alerts = new List<Alert>(2);
        var tracks = incident.Alerts.ToList();
        foreach (var audience in (ReadOnlySpan<Audience>)[Audience.ControlRoom, Audience.Public])
        {
            if (policy.For(incident.Hazard, audience) is not { } rule)
                continue;
            var at = tracks.FindIndex(track => track.Audience == audience);
            var before = at < 0 ? null : tracks[at];
            if (Next(incident, judgement, rule, before, view.Alone, withheld, now) is not { } track)
                continue;
            if (at < 0)
                tracks.Add(track);
            else
                tracks[at] = track;
            var place = audience == Audience.Public ? shape : judgement.Centre;
            alerts.Add(Write(incident, judgement, track, place, neighbourhood, view.Category, now));
        }

        return alerts.Count == 0 ? (incident, alerts) : (incident with { Alerts = [.. tracks] }, alerts);
    }

    /// <summary>When the incident ends by itself if nothing new is heard.</summary>
    public DateTimeOffset ExpiresAt(Incident incident)
    {
        var hazard = model.Hazards[incident.Hazard];
        var newest = DateTimeOffset.MinValue;
        var outlived = DateTimeOffset.MinValue;
        var allBounded = true;
        foreach (var evidence in incident.Evidence)
        {
            newest = evidence.At > newest ? evidence.At : newest;
            allBounded &= evidence.ValidUntil is not null;
            outlived = evidence.ValidUntil > outlived ? evidence.ValidUntil.Value : outlived;
        }

        if (allBounded && incident.Confirmation?.Rule != OperatorRule.Name)
            return outlived;
        var quiet = newest.AddMinutes(incident.Alerts.IsEmpty ? hazard.ExpiresMinutes : hazard.AlertedExpiresMinutes);
        if (incident.Alerts.IsEmpty || incident.Confirmation?.Rule == OperatorRule.Name || incident.Evidence.Any(e => e.ClearedAt is null))
            return quiet;
        var cleared = incident.Evidence.Max(e => e.ClearedAt)!.Value.AddMinutes(hazard.ClearMinutes);
        return cleared < quiet ? cleared : quiet;
    }

    private AlertTrack? Next(Incident incident, Judgement judgement, AlertRule rule, AlertTrack? before, bool onTheRoad, Consents withheld, DateTimeOffset now)
    {
        if (incident.Stage == Stage.Closed)
            return before is null or { Withdrawn: true } ? null : before with { Version = before.Version + 1 };
        var may = rule.Audience == Audience.Public ? Consents.Public : rule.ServiceFlags & ~withheld;
        var confirmedBy = ConfirmedBy(incident, now, may);
        var belief = incident.Evidence.All(e => (e.Consents & may) != 0) ? judgement.Belief : Belief.Of(incident, now, model, may).Belief;
        var told = incident.Evidence.Aggregate(Consents.None, (flags, e) => flags | (e.Consents & may));
        if (before is { Withdrawn: false } && told == Consents.None && (rule.Audience == Audience.ControlRoom || confirmedBy != OperatorRule.Name))
            return before.Withdraw(); // To the public, a person's word stands on its own.
        if (before is null or { Withdrawn: true } && !rule.When.Any(condition => condition.Holds(AtItsWord(incident, belief, rule.Audience, may, now), confirmedBy, onTheRoad)))
            return null;
        if (told == Consents.None && rule.Audience == Audience.ControlRoom)
            return null;
        var services = told & ~Consents.Public;
        var certainty = confirmedBy == OperatorRule.Name ? Certainty.Observed : belief > 0.5 ? Certainty.Likely : Certainty.Possible;
        if (before is { Withdrawn: false } && before.Certainty == certainty && before.Confirmed == (confirmedBy is not null)
            && before.Services == services && Math.Abs(before.Belief - belief) < policy.UpdateStep)
        {
            return null;
        }

        return before is null
            ? new AlertTrack($"{incident.Id}-{(rule.Audience == Audience.Public ? "p" : "c")}", rule.Audience, 1, services, belief, certainty, confirmedBy is not null, now)
            : before with { Version = before.Version + 1, Services = services, Belief = belief, Certainty = certainty, Confirmed = confirmedBy is not null, Withdrawn = false };
    }

    /// <summary>
    /// The belief that decides whether a service is told: a home's alarm is taken at its word, whatever its record. Only the false-call policy keeps
    /// alarms from a service, step by step and written down, never a record that lowers belief below a threshold.
    /// </summary>
    private double AtItsWord(Incident incident, double belief, Audience audience, Consents may, DateTimeOffset now) =>
        audience == Audience.Public || !incident.Evidence.Any(e => e is { Premises: not null, Reliability: not null })
            ? belief
            : Belief.Of(incident with { Evidence = [.. incident.Evidence.Select(e => e.Premises is null ? e : e with { Reliability = null })] }, now, model, may).Belief;

    private string? ConfirmedBy(Incident incident, DateTimeOffset now, Consents may)
    {
        if (incident.Confirmation is not { } confirmation)
            return null;
        return confirmation.Rule == OperatorRule.Name || Confirmer.TwoKinds(incident, now, model, may) is not null ? confirmation.Rule : null;
    }

    private Alert Write(Incident incident, Judgement judgement, AlertTrack track, Place place, Neighbourhood? neighbourhood, RoadCategory? road, DateTimeOffset now)
    {
        var toPublic = track.Audience == Audience.Public;
        var confirmation = track.Confirmed ? incident.Confirmation : null;
        var ended = track.Withdrawn ? Outcome.Withdrawn : incident.Outcome;
        return new Alert(
            now,
            "alert",
            track.Id,
            track.Version,
            ended is Outcome.FalseAlarm or Outcome.Withdrawn ? MsgType.Cancel : track.Version == 1 ? MsgType.Alert : MsgType.Update,
            incident.Id,
            track.Audience,
            ServiceNames.Of(track.Services),
            incident.Hazard,
            Math.Round(place.Lat, 6),
            Math.Round(place.Lon, 6),
            Math.Round(place.UncertaintyM, 1),
            Math.Round(track.Belief, 6),
            track.Certainty,
            track.Confirmed,
            toPublic ? confirmation is null ? null : confirmation with { By = [] } : confirmation,
            AlertWords.Headline(road?.Words ?? AlertWords.Name(incident.Hazard), neighbourhood?.Name, track.Certainty, confirmation, ended),
            track.Withdrawn ? [] : toPublic ? AlertWords.PublicReasons(judgement, confirmation, model) : AlertWords.ControlRoomReasons(judgement, incident, now, model),
            ended,
            neighbourhood?.Name,
            neighbourhood?.Slug,
            incident.MergedInto,
            track.FirstSentAt,
            ended is null ? ExpiresAt(incident) : now)
        {
            Road = road,
        };
    }
}
