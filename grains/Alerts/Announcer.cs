using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>Decides, after each change of an incident, which alerts go out, are updated, or are ended. Pure.</summary>
public sealed class Announcer(FusionModel model, AlertPolicy policy, NeighbourhoodMap map)
{
    /// <summary>The alerts to send now, and the incident as it remembers them.</summary>
    /// <param name="incident">As it stands now.</param>
    /// <param name="judgement">What the model makes of it.</param>
    /// <param name="now">When it is announced.</param>
    /// <param name="withheld">Services that are not to be told of it.</param>
    /// <param name="reshaping">What has been done to it besides hearing more.</param>
    public (Incident Incident, IReadOnlyList<Alert> Alerts) Announce(
        Incident incident, Judgement judgement, DateTimeOffset now, Consents withheld = Consents.None, Reshaping reshaping = Reshaping.None)
    {
        var neighbourhood = map.At(judgement.Centre.Lat, judgement.Centre.Lon);
        var view = RoadView.Of(incident, judgement, model, policy);
        var shape = view.Seen is { } seen ? PublicShape.OnTheRoad(seen) : PublicShape.Coarse(judgement.Centre, neighbourhood);
        var confirmer = incident.Confirmation is null ? null : new Confirmer(incident, model);
        var alerts = new List<Alert>(2);
        var tracks = incident.Alerts.ToList();
        foreach (var audience in (ReadOnlySpan<Audience>)[Audience.ControlRoom, Audience.Public])
        {
            if (policy.For(incident.Hazard, audience) is not { } rule)
                continue;
            var at = tracks.FindIndex(track => track.Audience == audience);
            var before = at < 0 ? null : tracks[at];
            var supersedes = incident.Provenance?.AlertsTo(audience);
            var news = supersedes is null && reshaping == Reshaping.Merged ? Reshaping.None : reshaping; // Of another audience's alert, this one knows nothing.
            if (Next(incident, judgement, confirmer, rule, before, view.Alone, withheld, now, news) is not { } track)
                continue;
            if (at < 0)
                tracks.Add(track);
            else
                tracks[at] = track;
            var place = audience == Audience.Public ? shape : judgement.Centre;
            alerts.Add(Write(incident, judgement, track, place, neighbourhood, view.Category, now, supersedes));
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

        if (allBounded && incident.Confirmation?.Rule != ConfirmationRule.Operator)
            return outlived.AddMinutes(hazard.ClearMinutes); // Whoever comes by next may say it again.
        var quiet = newest.AddMinutes(incident.Alerts.IsEmpty ? hazard.ExpiresMinutes : hazard.AlertedExpiresMinutes);
        if (incident.Alerts.IsEmpty || incident.Confirmation?.Rule == ConfirmationRule.Operator || incident.Evidence.Any(e => e.ClearedAt is null))
            return quiet;
        var cleared = incident.Evidence.Max(e => e.ClearedAt)!.Value.AddMinutes(hazard.ClearMinutes);
        return cleared < quiet ? cleared : quiet;
    }

    private AlertTrack? Next(
        Incident incident, Judgement judgement, Confirmer? confirmer, AlertRule rule, AlertTrack? before, bool onTheRoad, Consents withheld, DateTimeOffset now, Reshaping reshaping)
    {
        if (incident.Stage == Stage.Closed)
            return before is null or { Withdrawn: true } ? null : before with { Version = before.Version + 1 };
        var may = rule.Audience == Audience.Public ? Consents.Public : rule.ServiceFlags & ~withheld;
        var belief = incident.Evidence.All(e => (e.Consents & may) != 0) ? judgement.Belief : Belief.Of(incident, now, model, may).Belief;
        var told = incident.Evidence.Aggregate(Consents.None, (flags, e) => flags | (e.Consents & may));
        var (confirmation, confirmedFor) = Confirmed(incident, confirmer, reshaping == Reshaping.Split ? null : before, rule.Audience == Audience.Public ? Consents.Public : told, now);
        if (before is { Withdrawn: false } && told == Consents.None && (rule.Audience == Audience.ControlRoom || confirmation?.Rule != ConfirmationRule.Operator))
            return before.Withdraw(); // To the public, a person's word stands on its own.
        var deciding = Deciding(incident, belief, rule.Audience, confirmation is not null, may, now);
        var holds = rule.When.Any(condition => condition.Holds(deciding, () => WithoutPeople(incident, may, now), confirmation?.Rule, onTheRoad));
        if (before is { Withdrawn: false } && reshaping == Reshaping.Split && !holds)
            return before.Withdraw(); // What it was raised for has left.
        if (before is null or { Withdrawn: true } && !holds && (reshaping != Reshaping.Merged || told == Consents.None))
            return null; // Whom a merged incident was told to is told on.
        if (told == Consents.None && rule.Audience == Audience.ControlRoom)
            return null;
        var services = told & ~Consents.Public;
        var observed = model.Rules.FirstOrDefault(r => r.Name == confirmation?.Rule)?.Test is RuleTest.Operator or RuleTest.OfficialSource;
        var certainty = observed ? Certainty.Observed : belief > 0.5 ? Certainty.Likely : Certainty.Possible;
        if (before is { Withdrawn: false } && reshaping == Reshaping.None && before.Certainty == certainty && before.ConfirmedFor == confirmedFor
            && before.Confirmation?.Rule == confirmation?.Rule && before.Services == services && Math.Abs(before.Belief - belief) < policy.UpdateStep)
        {
            return null;
        }

        var track = before ?? new AlertTrack($"{incident.Id}-{(rule.Audience == Audience.Public ? "p" : "c")}", rule.Audience, 0, services, belief, certainty, null, Consents.None, now);
        return track with { Version = track.Version + 1, Services = services, Belief = belief, Certainty = certainty, Confirmation = confirmation, ConfirmedFor = confirmedFor, Withdrawn = false };
    }

    /// <summary>
    /// The belief that decides whether an audience is told. To services, a home's alarm is taken at its word, whatever its record: only the false-call
    /// policy keeps alarms from them, step by step and written down. To the public, people who see nothing keep back nothing that is confirmed: they
    /// may be one person, and stand on the wrong side.
    /// </summary>
    private double Deciding(Incident incident, double belief, Audience audience, bool confirmed, Consents may, DateTimeOffset now)
    {
        if (audience == Audience.ControlRoom && incident.Evidence.Any(e => e is { Premises: not null, Reliability: not null }))
            return Belief.Of(incident with { Evidence = [.. incident.Evidence.Select(e => e.Premises is null ? e : e with { Reliability = null })] }, now, model, may).Belief;
        if (audience == Audience.Public && confirmed && incident.Evidence.Any(e => Denies(e, incident.Hazard)))
            return Belief.Of(incident with { Evidence = [.. incident.Evidence.Where(e => !Denies(e, incident.Hazard))] }, now, model, may).Belief;
        return belief;
    }

    /// <summary>Whether a person says that it is not so. Persons' families are those whose total is capped.</summary>
    private bool Denies(Evidence evidence, Hazard hazard) =>
        model.Kinds.TryGetValue(evidence.Kind, out var kind) && kind.LnLr.GetValueOrDefault(hazard) < 0 && model.Families[kind.Family].CapLnLr is not null;

    private double WithoutPeople(Incident incident, Consents may, DateTimeOffset now)
    {
        var others = incident.Evidence.RemoveAll(e => model.Kinds.TryGetValue(e.Kind, out var kind) && policy.PeopleFamilies.Contains(kind.Family));
        return others.IsEmpty ? 0 : Belief.Of(incident with { Evidence = others }, now, model, may).Belief;
    }

    /// <summary>By which rule the incident is confirmed for an audience, and for which services of it. Each has rules of its own.</summary>
    private static (Confirmation? By, Consents For) Confirmed(Incident incident, Confirmer? confirmer, AlertTrack? before, Consents audience, DateTimeOffset now)
    {
        if (incident.Confirmation is not { } first || confirmer is null)
            return (null, Consents.None);
        if (first.Rule == ConfirmationRule.Operator)
            return (first, audience);
        Confirmation? by = null;
        var confirmed = Consents.None;
        for (var service = 1; service <= (int)Consents.Public; service <<= 1)
        {
            var one = (Consents)service & audience;
            if (one == Consents.None || confirmer.Find(now, one, one) is not { } found)
                continue;
            confirmed |= one;
            by ??= found;
        }

        var known = by?.Rule == first.Rule ? first : by?.Rule == before?.Confirmation?.Rule ? before?.Confirmation : by;
        return (known, confirmed);
    }

    private Alert Write(Incident incident, Judgement judgement, AlertTrack track, Place place, Neighbourhood? neighbourhood, RoadCategory? road, DateTimeOffset now, IReadOnlyList<string>? supersedes)
    {
        var toPublic = track.Audience == Audience.Public;
        var confirmation = track.Confirmation;
        var ended = track.Withdrawn ? Outcome.Withdrawn : incident.Outcome;
        return new Alert(
            now,
            "alert",
            track.Id,
            track.Version,
            ended is Outcome.FalseAlarm or Outcome.Withdrawn ? MsgType.Cancel : track.Version == 1 && supersedes is null ? MsgType.Alert : MsgType.Update,
            incident.Id,
            track.Audience,
            ServiceNames.Of(track.Services),
            incident.Hazard,
            Math.Round(place.Lat, 6),
            Math.Round(place.Lon, 6),
            Math.Round(place.UncertaintyM, 1),
            Math.Round(track.Belief, 6),
            track.Certainty,
            confirmation is not null,
            toPublic ? confirmation is null ? null : confirmation with { By = [] } : confirmation,
            AlertWords.Headline(road?.Words ?? AlertWords.Name(incident.Hazard), neighbourhood?.Name, track.Certainty, Rule(confirmation), ended),
            track.Withdrawn ? [] : toPublic ? AlertWords.PublicReasons(judgement, Rule(confirmation)) : AlertWords.ControlRoomReasons(judgement, Rule(confirmation), now, model.Hazards[incident.Hazard]),
            ended,
            neighbourhood?.Name,
            neighbourhood?.Slug,
            incident.MergedInto,
            track.FirstSentAt,
            ended is null ? ExpiresAt(incident) : now)
        {
            Road = road,
            ConfirmedFor = toPublic || confirmation is null ? null : ServiceNames.Of(track.ConfirmedFor),
            Supersedes = supersedes,
        };
    }

    private ConfirmationRule? Rule(Confirmation? confirmation) => confirmation is null ? null : model.Rules.FirstOrDefault(rule => rule.Name == confirmation.Rule);
}
