using System.Collections.Immutable;
using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.CommonCauses;
using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>The working copy of an area's state while something is decided, and what has been decided so far.</summary>
internal sealed class AreaDraft(AreaCore core, string area, AreaState state, DateTimeOffset now)
{
    private readonly List<Incident> _open = [.. state.Open];
    private readonly List<Incident> _closed = [];
    private readonly SortedSet<string> _touched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _grown = [];
    private readonly Dictionary<string, Reshaping> _reshaped = [];
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<HomeAlarm> _alarms = [];
    private DateTimeOffset? _forgetsAt = state.ForgetsAt;

    public string Area => area;

    public DateTimeOffset Now => now;

    public FusionModel Model => core.Model;

    public IReadOnlyList<Incident> Open => _open;

    public LatchDraft Latches { get; } = new(state.Latches);

    public WaitingEvidence Waiting { get; } = new(core.Model, state.Waiting, now);

    public Lessons Lessons { get; } = new(core, area, state.Learnt ?? Learnt.Nothing, now);

    /// <summary>The common causes at work in the region.</summary>
    public ImmutableArray<Surge> Surges { get; set; } = state.Surges;

    /// <summary>Whether something besides entries must be on disk.</summary>
    public bool Durable { get; set; }

    /// <summary>What a source last said, while it holds; null: nothing.</summary>
    public Latch? Heard(LatchKey key, KindModel kind, DateTimeOffset at) =>
        Latches.Find(key) is { } latch && at - latch.HeardAt < kind.Hold ? latch : null;

    /// <summary>Remembers what a source says, for as long as its kind holds.</summary>
    public void Remember(Latch latch)
    {
        Latches.Put(latch);
        if (core.ForgetsAt(latch) is var at && at < _forgetsAt)
            _forgetsAt = at;
    }

    /// <summary>The open incident that has a source's word as evidence, or null: the one that it went to, unless that was merged.</summary>
    public Incident? Holder(Latch latch)
    {
        var key = latch.Key;
        return latch.Incident is not null && Find(latch.Incident) is { } joined && joined.Evidence.IndexOf(key) >= 0
            ? joined
            : _open.Find(incident => incident.Evidence.IndexOf(key) >= 0);
    }

    public Incident? Find(string id) => _open.Find(incident => incident.Id == id);

    public Incident Begin(Hazard hazard, Evidence evidence)
    {
        var incident = new Incident
        {
            Id = IncidentId.Of(hazard, evidence),
            Hazard = hazard,
            OpenedAt = now,
            Evidence = [evidence],
            Model = Model.Version,
        };
        _open.Add(incident);
        return incident;
    }

    /// <summary>Adds evidence to an incident, and remembers that its source says so.</summary>
    public Incident Join(Incident incident, Evidence evidence, DateTimeOffset heardAt)
    {
        evidence = Lessons.Sources.Weigh(evidence, incident.Hazard);
        Remember(new Latch(evidence.Source, evidence.Kind, evidence.At, heardAt, incident.Id, evidence.Event));
        Write(incident.Id, evidence);
        if (evidence.Premises is not null)
            _alarms.Add(HomeAlarm.Of(evidence));
        Grow(incident.Id);
        return incident with { Evidence = incident.Evidence.With(evidence) };
    }

    /// <summary>Notes that an incident has more evidence than before: a neighbouring area may hold the same event.</summary>
    public void Grow(string incident) => _grown.Add(incident);

    /// <summary>Notes that those who were told of an incident must know that it is not what it was.</summary>
    public void Reshape(string incident, Reshaping reshaping) => _reshaped[incident] = reshaping;

    /// <summary>Opens an incident that was part of another.</summary>
    public void Add(Incident incident)
    {
        _open.Add(incident);
        _touched.Add(incident.Id);
    }

    public void Replace(Incident incident)
    {
        Renew(incident);
        _touched.Add(incident.Id);
    }

    /// <summary>As <see cref="Replace"/>, where nothing is worth writing down.</summary>
    public void Renew(Incident incident) => _open[_open.FindIndex(open => open.Id == incident.Id)] = incident;

    public void Close(Incident incident, Outcome outcome, bool byPerson = false)
    {
        _open.RemoveAll(open => open.Id == incident.Id);
        _closed.Add(incident with { Stage = Stage.Closed, Outcome = outcome, ClosedAt = now });
        Lessons.Note(_closed[^1], byPerson);
        _touched.Add(incident.Id);
    }

    public void Write(string incident, Evidence evidence) =>
        Append(EntryType.Evidence, incident, JsonSerializer.SerializeToUtf8Bytes(evidence, LedgerJson.Lines.Evidence));

    public void Write(ActionLine line) =>
        Append(EntryType.Action, line.Incident, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.ActionLine));

    /// <summary>Confirms, publishes and writes down every incident that was touched.</summary>
    public FoldResult Finish(SignalOutcome[] outcomes)
    {
        Lessons.Conclude();
        foreach (var step in Lessons.FalseCalls.Steps)
            Write(step);
        foreach (var id in _touched)
        {
            var at = _open.FindIndex(incident => incident.Id == id);
            if (at >= 0)
                _open[at] = Settle(_open[at]);
            else
                Settle(_closed.First(incident => incident.Id == id));
        }

        var durable = Durable || _entries.Count > 0;
        if (durable && !(_forgetsAt >= now))
            Forget();

        var next = new AreaState
        {
            Open = [.. _open.OrderBy(i => i.OpenedAt).ThenBy(i => i.Id, StringComparer.Ordinal)],
            Waiting = Waiting.All,
            Surges = Surges,
            Latches = Latches.Done(),
            ForgetsAt = _forgetsAt,
            Learnt = Lessons.Learnt is { IsEmpty: false } learnt ? learnt : null,
        };
        var unmatched = _grown.Count == 0 ? [] : _open.Where(i => _grown.Contains(i.Id) && (i.Leaving is not null || core.Neighbours(area, i).Count > 0)).Select(i => i.Id).ToList();
        return new FoldResult(next, outcomes, _entries, durable, unmatched, _alarms) { FalseCalls = Lessons.FalseCalls.Changed };
    }

    /// <summary>Forgets the latches that are due.</summary>
    private void Forget()
    {
        DateTimeOffset? first = null;
        var due = new List<LatchKey>();
        foreach (var latch in Latches.All)
        {
            var at = core.ForgetsAt(latch);
            if (at < now)
                due.Add(latch.Key);
            else if (first is null || at < first)
                first = at;
        }

        foreach (var key in due)
            Latches.Remove(key);
        _forgetsAt = first ?? DateTimeOffset.MaxValue;
    }

    private Incident Settle(Incident incident)
    {
        if (incident.Stage == Stage.Open && incident.Confirmation is null && new Confirmer(incident, Model).Find(now) is { } confirmation)
            incident = incident with { Confirmation = confirmation };
        var judgement = Belief.Of(incident, now, Model);
        (incident, var alerts) = core.Announcer.Announce(incident, judgement, now, Lessons.FalseCalls.Withheld(incident), _reshaped.GetValueOrDefault(incident.Id));
        var line = Lessons.FalseCalls.Tell(IncidentLines.Of(incident, judgement, now, Model, core.Map), incident);
        Append(EntryType.Incident, incident.Id, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.IncidentLine), open: incident.Stage == Stage.Open);
        foreach (var alert in alerts)
        {
            var key = new AlertKey(alert.Id, alert.Version, alert.Audience == Audience.Public, alert.NeighbourhoodSlug, alert.Ended is not null);
            Append(EntryType.Alert, incident.Id, JsonSerializer.SerializeToUtf8Bytes(alert, LedgerJson.Lines.Alert), key);
        }

        return incident;
    }

    private void Append(EntryType type, string incident, byte[] body, AlertKey? alert = null, bool open = false) =>
        _entries.Add(new LedgerEntry(0, type, now, area, incident, body, alert, open));
}
