using CivicSignals.Alerts;
using CivicSignals.CommonCauses;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>
/// The judgement of an area: state and signals in, new state and decisions out. Pure and deterministic: no clock, no I/O, no Orleans.
/// The same core runs live, in replay, in property tests and in the evaluation.
/// </summary>
public sealed class AreaCore(FusionModel model, AlertPolicy policy, NeighbourhoodMap map)
{
    internal FusionModel Model => model;

    internal Announcer Announcer { get; } = new(model, policy, map);

    internal NeighbourhoodMap Map => map;

    internal FalseCallPolicy FalseCalls => policy.FalseCalls;

    /// <summary>Weighs a batch. The order of the signals in the batch does not matter.</summary>
    /// <param name="area">Quadkey, for the entries.</param>
    /// <param name="state">The area as it stands.</param>
    /// <param name="signals">What was heard.</param>
    /// <param name="now">The moment of decision; not before any earlier call's.</param>
    public FoldResult Fold(string area, AreaState state, IReadOnlyList<Signal> signals, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        var fold = new AreaFold(draft);
        var outcomes = new SignalOutcome[signals.Count];
        foreach (var i in SignalOrder.Of(signals))
            outcomes[i] = fold.Weigh(signals[i]);
        return draft.Finish(outcomes);
    }

    /// <summary>Applies a person's action.</summary>
    public (FoldResult Fold, ActionResult Result) Act(string area, AreaState state, OperatorAction action, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        var result = new AreaAction(draft).Act(action);
        return (draft.Finish([]), result);
    }

    /// <summary>Closes what is due by now, and lets go of false calls that count no more.</summary>
    public FoldResult Tick(string area, AreaState state, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        new AreaFalseCalls(draft).Lapse();
        draft.Lessons.Sources.Lapse();
        foreach (var incident in draft.Open.Where(incident => incident.Leaving is null && Announcer.ExpiresAt(incident) <= now).ToList())
            draft.Close(incident, incident.Evidence.All(e => e.ClearedAt is not null) ? Outcome.AllClear : Outcome.Expired);
        return draft.Finish([]);
    }

    /// <summary>Judges what is held of a home by what has changed about it.</summary>
    public FoldResult Revise(string area, AreaState state, HomeRevision home, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        new AreaRevision(draft).Revise(home);
        return draft.Finish([]);
    }

    /// <summary>A person restores the response to premises' unconfirmed alarms.</summary>
    /// <returns>Done: false when it is not withdrawn.</returns>
    public (FoldResult Fold, bool Done) Restore(string area, AreaState state, FalseCallRestoration restoration, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        var done = new AreaFalseCalls(draft).Restore(restoration);
        return (draft.Finish([]), done);
    }

    /// <summary>Judges the area's incidents by the common causes at work in its region.</summary>
    public FoldResult Explain(string area, AreaState state, IReadOnlyList<Surge> surges, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        new AreaSurges(draft).Explain(surges);
        return draft.Finish([]);
    }

    /// <summary>Takes a neighbouring area's incident into one of this area's.</summary>
    /// <returns>Taken: false when the one that should take it is not open any more.</returns>
    internal (FoldResult Fold, bool Taken) TakeOver(string area, AreaState state, string into, Incident other, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        var taken = new AreaMerge(draft).TakeOver(into, other);
        return (draft.Finish([]), taken);
    }

    /// <summary>Closes an incident that a neighbouring area has taken over.</summary>
    /// <returns>Done: false when it has grown since.</returns>
    internal (FoldResult Fold, bool Done) HandOver(string area, AreaState state, Incident taken, string into, string to, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        var done = new AreaMerge(draft).HandOver(taken, into, to);
        return (draft.Finish([]), done);
    }

    /// <summary>Whether one of this area's open incidents may take another area's, as a person wants it.</summary>
    internal ActionResult MayTake(AreaState state, string into, Incident other) =>
        AreaMerge.MayTake(state.Open.FirstOrDefault(incident => incident.Id == into), other, model);

    /// <summary>Keeps an incident that another area does not take.</summary>
    internal FoldResult Stay(string area, AreaState state, string incident, DateTimeOffset now)
    {
        var draft = new AreaDraft(this, area, state, now);
        new AreaMerge(draft).Stay(incident);
        return draft.Finish([]);
    }

    /// <summary>When the area next has something to close, to hand over or to let go, or null.</summary>
    public DateTimeOffset? Due(AreaState state)
    {
        var due = state.Learnt is { } learnt ? FalseCallRecords.Due(FalseCalls, learnt.FalseCalls) : null;
        foreach (var incident in state.Open)
        {
            var expires = incident.Leaving?.At ?? Announcer.ExpiresAt(incident);
            due = due is null || expires < due ? expires : due;
        }

        return due;
    }

    /// <summary>Whether the area has heard that source say that kind, or has an open incident or a waiting burst that the signal belongs to.</summary>
    public bool Follows(AreaState state, Signal signal, DateTimeOffset now) =>
        (state.Latches.Find(new LatchKey(signal.Source, signal.Kind)) is { } latch && Holds(latch, signal.ReceivedAt))
        || (signal.Active && !signal.SinceUnknown && (Association.Find(state.Open, signal, now, model) is not null
            || (model.Kinds.GetValueOrDefault(signal.Kind)?.Burst is { } burst && state.Waiting.Any(other => WaitingEvidence.Joins(other, Evidence.Of(signal), burst)))))
        || (!signal.Active && Holder(state.Open, signal) is not null);

    /// <summary>The open incident that holds the very event that a signal ends, or null.</summary>
    internal static Incident? Holder(IEnumerable<Incident> open, Signal signal) => signal.Event is null ? null : open.FirstOrDefault(incident =>
        incident.Evidence.Any(e => e.Event == signal.Event && e.Source == signal.Source && e.Kind == signal.Kind && e.ClearedAt is null));

    /// <summary>The area that has taken over what a source speaks about, or null.</summary>
    internal string? TakenTo(AreaState state, Signal signal) =>
        state.Latches.Find(new LatchKey(signal.Source, signal.Kind)) is { Area: { } taker } latch && Holds(latch, signal.ReceivedAt) ? taker : null;

    /// <summary>Remembers softly that a source still says what another area hears from it now; else it would be news here after the kind's hold.</summary>
    internal static AreaState Pass(AreaState state, Signal signal)
    {
        var latch = state.Latches.Find(new LatchKey(signal.Source, signal.Kind))!;
        return signal.Active && signal.ReceivedAt > latch.HeardAt ? state with { Latches = state.Latches.With(latch with { HeardAt = signal.ReceivedAt }) } : state;
    }

    /// <summary>The neighbouring areas that may hold the same event as an incident. Few incidents are so near to an edge.</summary>
    internal IReadOnlyList<string> Neighbours(string area, Incident incident) =>
        Quadkey.Around(area, Belief.Centre(incident), model.Hazards[incident.Hazard].RadiusM);

    /// <summary>Whether what a source says at a moment is a repeat of the latch.</summary>
    internal bool Holds(Latch latch, DateTimeOffset at) => at - latch.HeardAt < Hold(latch);

    /// <summary>After when a latch may be forgotten: well after its hold, for what is redelivered late must still find it.</summary>
    internal DateTimeOffset ForgetsAt(Latch latch) => latch.HeardAt + (2 * Hold(latch)) + TimeSpan.FromHours(2);

    private TimeSpan Hold(Latch latch) =>
        model.Kinds.TryGetValue(latch.Kind, out var kind) ? kind.Hold : TimeSpan.Zero;
}
