using System.Collections.Immutable;
using System.Text.Json;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>One fold under way: the working copy of an area's state and what has been decided so far.</summary>
internal sealed class AreaFold(AreaCore core, string area, AreaState state, DateTimeOffset now)
{
    /// <summary>Bounds against floods of invented sources: more of one area changes nothing. What people say fills half and never shuts a sensor out.</summary>
    private const int MostEvidence = 256;
    private const int MostOpen = 256;
    private const int MostLatches = 16_384;

    private readonly FusionModel _model = core.Model;
    private readonly List<Incident> _open = [.. state.Open];
    private readonly ImmutableDictionary<LatchKey, Latch>.Builder _latches = state.Latches.ToBuilder();
    private readonly List<Incident> _closed = [];
    private readonly SortedSet<string> _touched = new(StringComparer.Ordinal);
    private readonly List<LedgerEntry> _entries = [];
    private bool _durable;

    public SignalOutcome Weigh(Signal signal)
    {
        if (!_model.Kinds.TryGetValue(signal.Kind, out var kind))
            return SignalOutcome.Ambient;
        var key = new LatchKey(signal.Source, signal.Kind);
        var heard = _latches.TryGetValue(key, out var latch) && core.Holds(latch, signal.ReceivedAt) ? latch : null;
        if (!signal.Active)
            return heard is null ? SignalOutcome.Ambient : End(signal, kind, heard);
        if (heard is not null && (signal.Event is null || signal.Event == heard.Event))
            return Repeat(signal, heard);
        if (signal.SinceUnknown)
            return Baseline(signal, key);
        if ((now - signal.ObservedAt).TotalMinutes > _model.Hazards[kind.Primary].ExpiresMinutes || _latches.Count >= MostLatches)
            return SignalOutcome.Ambient;
        return Begin(signal, kind, key);
    }

    public ActionResult Act(OperatorAction action)
    {
        var at = _open.FindIndex(incident => incident.Id == action.Incident);
        if (at < 0)
            return ActionResult.NotFound;
        var incident = _open[at];
        switch (action.Verb)
        {
            case ActionVerb.Acknowledge when incident.AcknowledgedBy == action.User:
            case ActionVerb.Confirm when incident.Confirmation?.Rule == OperatorRule.Name:
                return ActionResult.Unchanged;
            case ActionVerb.Acknowledge:
                Replace(incident with { AcknowledgedBy = action.User });
                break;
            case ActionVerb.Confirm:
                Replace(incident with { Confirmation = new(OperatorRule.Name, _model.Rules.Operator.Version, now, [action.User]) });
                break;
            case ActionVerb.FalseAlarm:
                Close(incident, Outcome.FalseAlarm);
                break;
            default:
                Close(incident, Outcome.AllClear);
                break;
        }

        var line = new ActionLine(now, "action", incident.Id, action.Verb.Word(), action.User, action.Note);
        Append(EntryType.Action, incident.Id, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.ActionLine));
        return ActionResult.Done;
    }

    public void CloseDue()
    {
        foreach (var incident in _open.Where(incident => core.Announcer.ExpiresAt(incident) <= now).ToList())
            Close(incident, incident.Evidence.All(e => e.ClearedAt is not null) ? Outcome.AllClear : Outcome.Expired);
    }

    public void Revise(HomeRevision home)
    {
        var erasure = new Erasure(home);
        foreach (var incident in _open.ToList())
        {
            var revised = home.Change switch
            {
                HomeChange.Consents => incident with { Evidence = [.. incident.Evidence.Select(e => home.Owns(e.Source, e.Premises) ? e with { Consents = home.Consents } : e)] },
                HomeChange.Erased => erasure.Of(incident),
                _ => incident,
            };
            if (!revised.Evidence.SequenceEqual(incident.Evidence))
                Replace(revised);
        }

        if (home.Change == HomeChange.Consents)
            return;
        _durable = home.Change == HomeChange.Erased; // Also where only the ledger still names it: latches may have gone softly.
        foreach (var key in _latches.Keys.Where(key => home.Owns(key.Source)).ToList())
            _durable |= _latches.Remove(key);
    }

    /// <summary>Confirms, publishes and writes down every incident that was touched.</summary>
    public FoldResult Finish(SignalOutcome[] outcomes)
    {
        foreach (var id in _touched)
        {
            var at = _open.FindIndex(incident => incident.Id == id);
            if (at >= 0)
                _open[at] = Settle(_open[at]);
            else
                Settle(_closed.First(incident => incident.Id == id));
        }

        var durable = _durable || _entries.Count > 0;
        if (durable)
        {
            foreach (var stale in _latches.Values.Where(latch => core.Forgets(latch, now)).Select(latch => latch.Key).ToList())
                _latches.Remove(stale);
        }

        var next = new AreaState { Open = [.. _open.OrderBy(i => i.OpenedAt).ThenBy(i => i.Id, StringComparer.Ordinal)], Latches = _latches.ToImmutable() };
        return new FoldResult(next, outcomes, _entries, durable);
    }

    private SignalOutcome Baseline(Signal signal, LatchKey key)
    {
        _latches[key] = new Latch(signal.Source, signal.Kind, signal.ObservedAt, signal.ReceivedAt, null, signal.Event);
        _durable = true;
        return SignalOutcome.Ambient;
    }

    private SignalOutcome Repeat(Signal signal, Latch heard)
    {
        if (signal.ReceivedAt > heard.HeardAt)
            _latches[heard.Key] = heard with { HeardAt = signal.ReceivedAt };
        if (signal.ValidUntil is { } until && Holder(heard) is { } incident)
        {
            // A repeat that is valid for longer keeps its evidence alive; it is soft, for the source will say it again.
            var at = IndexOf(incident, heard.Key);
            if (at >= 0 && incident.Evidence[at].ValidUntil < until)
                _open[_open.IndexOf(incident)] = incident with { Evidence = incident.Evidence.SetItem(at, incident.Evidence[at] with { ValidUntil = until }) };
        }

        return SignalOutcome.Repeated;
    }

    private SignalOutcome End(Signal signal, KindModel kind, Latch heard)
    {
        if (signal.Event is not null && heard.Event is not null && signal.Event != heard.Event)
            return SignalOutcome.Ambient;
        _latches.Remove(heard.Key);
        _durable |= kind.Opens;
        if (Holder(heard) is not { } incident || IndexOf(incident, heard.Key) is not (>= 0 and var at))
            return heard.Incident is null ? SignalOutcome.Ambient : SignalOutcome.Evidence;
        _durable = true;
        var ended = incident.Evidence[at] with { ClearedAt = signal.ObservedAt };
        var after = incident with { Evidence = incident.Evidence.SetItem(at, ended) };
        AppendEvidence(after.Id, ended);
        Replace(after);
        if (kind.EndsIncident && !SaidSince(after, signal))
            Close(after, Outcome.AllClear);
        return SignalOutcome.Evidence;
    }

    /// <summary>Whether another source has said since that it is still so.</summary>
    private bool SaidSince(Incident incident, Signal end) => incident.Evidence.Any(e =>
        e.Source != end.Source && e.ClearedAt is null
        && (_latches.TryGetValue(new LatchKey(e.Source, e.Kind), out var latch) ? latch.HeardAt : e.At) > end.ReceivedAt);

    private SignalOutcome Begin(Signal signal, KindModel kind, LatchKey key)
    {
        var incident = Association.Find(_open, signal, now, _model);
        if (incident is null && (!kind.Opens || signal.Target is not null || _open.Count >= Bound(MostOpen, kind)))
        {
            _latches[key] = new Latch(signal.Source, signal.Kind, signal.ObservedAt, signal.ReceivedAt, null, signal.Event);
            return SignalOutcome.Ambient;
        }

        if (incident?.Evidence.Length >= Bound(MostEvidence, kind))
            return SignalOutcome.Repeated;
        var evidence = new Evidence
        {
            Source = signal.Source,
            Kind = signal.Kind,
            At = signal.ObservedAt,
            Place = signal.Place,
            Consents = signal.Consents,
            Premises = signal.Premises,
            Group = signal.Group,
            Event = signal.Event,
            ValidUntil = signal.ValidUntil,
        };
        incident = incident is null ? Open(kind.Primary, evidence) : Add(incident, evidence);
        _latches[key] = new Latch(signal.Source, signal.Kind, signal.ObservedAt, signal.ReceivedAt, incident.Id, signal.Event);
        AppendEvidence(incident.Id, evidence);
        Replace(incident);
        Absorb(incident.Id);
        return SignalOutcome.Evidence;
    }

    /// <summary>People's words are the families whose total is capped.</summary>
    private int Bound(int most, KindModel kind) => _model.Families[kind.Family].CapLnLr is null ? most : most / 2;

    private Incident Open(Hazard hazard, Evidence evidence)
    {
        var incident = new Incident
        {
            Id = IncidentId.Of(hazard, evidence),
            Hazard = hazard,
            OpenedAt = now,
            Evidence = [evidence],
            Model = _model.Version,
        };
        _open.Add(incident);
        return incident;
    }

    private static Incident Add(Incident incident, Evidence evidence)
    {
        var at = IndexOf(incident, new LatchKey(evidence.Source, evidence.Kind));
        if (at >= 0)
            return incident with { Evidence = incident.Evidence.SetItem(at, evidence) };
        var place = 0;
        while (place < incident.Evidence.Length && ComesBefore(incident.Evidence[place], evidence))
            place++;
        return incident with { Evidence = incident.Evidence.Insert(place, evidence) };
    }

    /// <summary>One event under two names (a carbon monoxide alarm, then smoke in the same home): the later, wider hypothesis takes it over.</summary>
    private void Absorb(string id)
    {
        foreach (var other in _open.Where(other => other.Id != id).OrderBy(other => other.Id, StringComparer.Ordinal).ToList())
        {
            var incident = _open.First(open => open.Id == id);
            if (!Association.Explains(incident, other, _model))
                continue;
            foreach (var evidence in other.Evidence)
                incident = Add(incident, evidence);
            Replace(incident);
            Close(other with { MergedInto = id }, Outcome.Merged);
        }
    }

    private void Close(Incident incident, Outcome outcome)
    {
        _open.RemoveAll(open => open.Id == incident.Id);
        _closed.Add(incident with { Stage = Stage.Closed, Outcome = outcome, ClosedAt = now });
        _touched.Add(incident.Id);
    }

    private void Replace(Incident incident)
    {
        _open[_open.FindIndex(open => open.Id == incident.Id)] = incident;
        _touched.Add(incident.Id);
    }

    private Incident Settle(Incident incident)
    {
        if (incident.Stage == Stage.Open && incident.Confirmation is null && Confirmer.TwoKinds(incident, now, _model) is { } confirmation)
            incident = incident with { Confirmation = confirmation };
        var judgement = Belief.Of(incident, now, _model);
        (incident, var alerts) = core.Announcer.Announce(incident, judgement, now);
        var line = IncidentLines.Of(incident, judgement, now, _model, core.Map);
        Append(EntryType.Incident, incident.Id, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.IncidentLine), open: incident.Stage == Stage.Open);
        foreach (var alert in alerts)
        {
            var key = new AlertKey(alert.Id, alert.Version, alert.Audience == Alerts.Audience.Public, alert.NeighbourhoodSlug, alert.Ended is not null);
            Append(EntryType.Alert, incident.Id, JsonSerializer.SerializeToUtf8Bytes(alert, LedgerJson.Lines.Alert), key);
        }

        return incident;
    }

    private void AppendEvidence(string incident, Evidence evidence) =>
        Append(EntryType.Evidence, incident, JsonSerializer.SerializeToUtf8Bytes(evidence, LedgerJson.Lines.Evidence));

    private void Append(EntryType type, string incident, byte[] body, AlertKey? alert = null, bool open = false) =>
        _entries.Add(new LedgerEntry(0, type, now, area, incident, body, alert, open));

    private Incident? Holder(Latch latch) => _open.FirstOrDefault(incident => IndexOf(incident, latch.Key) >= 0);

    private static int IndexOf(Incident incident, LatchKey key)
    {
        for (var i = 0; i < incident.Evidence.Length; i++)
        {
            if (incident.Evidence[i].Source == key.Source && incident.Evidence[i].Kind == key.Kind)
                return i;
        }

        return -1;
    }

    private static bool ComesBefore(Evidence a, Evidence b)
    {
        var bySource = string.CompareOrdinal(a.Source, b.Source);
        return bySource != 0 ? bySource < 0 : string.CompareOrdinal(a.Kind, b.Kind) < 0;
    }
}
