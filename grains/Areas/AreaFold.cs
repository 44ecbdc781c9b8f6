using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>Weighs signals: what is new, what is a repeat, what has ended, and which incident it belongs to.</summary>
internal sealed class AreaFold(AreaDraft draft)
{
    /// <summary>Bounds against floods of invented sources: more of one area changes nothing. What people open fills half and never shuts a sensor out.</summary>
    private const int MostEvidence = 256;
    private const int MostOpen = 256;

    /// <summary>So many people are kept who say the same of one incident: all of their kinds together fill half. More add nothing, but the newest are heard.</summary>
    private const int MostSaying = 40;

    private const int MostLatches = 16_384;

    private readonly FusionModel _model = draft.Model;

    public SignalOutcome Weigh(Signal signal)
    {
        if (!_model.Kinds.TryGetValue(signal.Kind, out var kind))
            return SignalOutcome.Ambient;
        var key = new LatchKey(signal.Source, signal.Kind);
        var heard = draft.Heard(key, kind, signal.ReceivedAt);
        if (!signal.Active && signal.Event is null && heard?.HeardAt > signal.ReceivedAt)
            return SignalOutcome.Repeated; // It was overtaken: its source has said since that it is so.
        if (!signal.Active)
            return heard is null || (signal.Event is not null && heard.Event is not null && signal.Event != heard.Event) ? EndEarlier(signal) : End(signal, kind, heard);
        if (heard is not null && (signal.Event is null || signal.Event == heard.Event))
            return Repeat(signal, heard);
        if (signal.SinceUnknown)
            return Baseline(signal);
        if ((draft.Now - signal.ObservedAt).TotalMinutes > _model.Hazards[kind.Primary].ExpiresMinutes || draft.Latches.Count >= MostLatches)
            return SignalOutcome.Ambient;
        return Begin(signal, kind);
    }

    private SignalOutcome Baseline(Signal signal)
    {
        draft.Remember(new Latch(signal.Source, signal.Kind, signal.ObservedAt, signal.ReceivedAt, null, signal.Event));
        draft.Durable = true;
        return SignalOutcome.Ambient;
    }

    private SignalOutcome Repeat(Signal signal, Latch heard)
    {
        if (signal.ReceivedAt > heard.HeardAt)
            draft.Latches.Put(heard with { HeardAt = signal.ReceivedAt }); // Later than before: nothing is due sooner.
        if (signal.ValidUntil is { } until && draft.Holder(heard) is { } incident)
        {
            // A repeat that is valid for longer keeps its evidence alive; it is soft, for the source will say it again.
            var at = incident.Evidence.IndexOf(heard.Key);
            if (at >= 0 && incident.Evidence[at].ValidUntil < until)
                draft.Renew(incident with { Evidence = incident.Evidence.SetItem(at, incident.Evidence[at] with { ValidUntil = until }) });
        }

        return SignalOutcome.Repeated;
    }

    private SignalOutcome End(Signal signal, KindModel kind, Latch heard)
    {
        draft.Latches.Remove(heard.Key);
        draft.Durable |= kind.Opens | draft.Waiting.Remove(heard.Key);
        if (draft.Holder(heard) is not { } incident || incident.Evidence.IndexOf(heard.Key) is not (>= 0 and var at))
            return heard.Incident is null ? SignalOutcome.Ambient : SignalOutcome.Evidence;
        var after = End(signal, incident, at);
        if (kind.EndsIncident && !IsStillSaid(after, after.Evidence[at], signal))
            draft.Close(after, Outcome.AllClear);
        return SignalOutcome.Evidence;
    }

    /// <summary>Ends an event that is not the last thing that its source said: its latch is another's, or has gone.</summary>
    private SignalOutcome EndEarlier(Signal signal)
    {
        if (AreaCore.Holder(draft.Open, signal) is not { } incident)
            return SignalOutcome.Ambient;
        End(signal, incident, incident.Evidence.IndexOf(new LatchKey(signal.Source, signal.Kind)));
        return SignalOutcome.Evidence;
    }

    private Incident End(Signal signal, Incident incident, int at)
    {
        var ended = incident.Evidence[at] with { ClearedAt = signal.ObservedAt };
        var after = incident with { Evidence = incident.Evidence.SetItem(at, ended) };
        draft.Write(after.Id, ended);
        draft.Replace(after);
        return after;
    }

    /// <summary>Whether another source has said since that it is still so; or one that said it first still counts in full: who joined ends nothing for those.</summary>
    private bool IsStillSaid(Incident incident, Evidence ended, Signal end) => incident.Evidence.Any(e =>
        e.Source != end.Source && e.ClearedAt is null
        && (HeardAt(e) > end.ReceivedAt || (e.At < ended.At && !(e.ValidUntil <= draft.Now) && CountsInFull(e, incident.Hazard, end.ReceivedAt))));

    private bool CountsInFull(Evidence evidence, Hazard hazard, DateTimeOffset at) =>
        _model.Kinds.TryGetValue(evidence.Kind, out var kind) && kind.Opens && kind.LnLr.GetValueOrDefault(hazard) > 0 && HeardAt(evidence).AddMinutes(kind.FreshMinutes) > at;

    private DateTimeOffset HeardAt(Evidence evidence) =>
        draft.Latches.Find(new LatchKey(evidence.Source, evidence.Kind))?.HeardAt ?? evidence.At;

    private SignalOutcome Begin(Signal signal, KindModel kind)
    {
        var evidence = AreaSurges.Explained(Evidence.Of(signal), draft.Surges, _model);
        var incident = (signal.Target is null ? AreaSplit.Holder(draft.Open, evidence, kind, draft.Now, _model) : null)
            ?? Association.Find(draft.Open, signal, draft.Now, _model);
        var burst = kind.Burst is { } rule && incident?.Evidence.Any(e => e.Kind == signal.Kind) != true ? draft.Waiting.Burst(evidence, rule) : null;
        if (burst is []
            || (incident is null && ((!kind.Opens && burst is null) || signal.Target is not null || draft.Open.Count >= Bound(MostOpen, kind))))
        {
            draft.Remember(new Latch(signal.Source, signal.Kind, signal.ObservedAt, signal.ReceivedAt, null, signal.Event));
            if (signal.Target is null)
                draft.Durable |= draft.Waiting.Add(evidence);
            return SignalOutcome.Ambient;
        }

        if (incident?.Evidence.Length >= MostEvidence)
            return SignalOutcome.Repeated;
        var joining = burst ?? [];
        if (incident is null)
        {
            incident = draft.Begin(kind.Primary, evidence);
            joining = [.. joining, .. draft.Waiting.For(incident)];
        }

        incident = draft.Join(WithRoom(incident, evidence.Kind), evidence, signal.ReceivedAt);
        foreach (var waited in joining)
            incident = draft.Join(WithRoom(incident, waited.Kind), waited, draft.Latches.Find(new LatchKey(waited.Source, waited.Kind))?.HeardAt ?? waited.At);
        draft.Waiting.Remove(joining);
        draft.Replace(incident);
        new AreaMerge(draft).Unite(incident.Id);
        return SignalOutcome.Evidence;
    }

    private int Bound(int most, KindModel kind) => IsSaid(kind) ? most / 2 : most;

    /// <summary>People's words are the families whose total is capped.</summary>
    private bool IsSaid(KindModel kind) => _model.Families[kind.Family].CapLnLr is not null;

    /// <summary>Of too many people who say the same, the one who said it longest ago gives way, unless it confirms the incident: no crowd shuts a witness out.</summary>
    private Incident WithRoom(Incident incident, string kind)
    {
        if (incident.Evidence.Length < MostSaying || !IsSaid(_model.Kinds[kind]) || incident.Evidence.Count(e => e.Kind == kind) < MostSaying)
            return incident;
        var oldest = incident.Evidence.Where(e => e.Kind == kind && incident.Confirmation?.By.Contains(e.Name) != true).MinBy(e => e.At);
        return oldest is null ? incident : incident with { Evidence = incident.Evidence.Remove(oldest) };
    }
}
