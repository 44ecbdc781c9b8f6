using System.Text.Json;
using CivicSignals.CommonCauses;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Placement;
using CivicSignals.Signals;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace CivicSignals.Areas;

/// <summary>
/// The thin shell around <see cref="AreaCore"/>: what is asked of an area is folded into its <see cref="AreaRecord"/>, then told to its neighbours and
/// its region.
/// </summary>
[SpreadPlacement]
public sealed class AreaGrain(
    AreaCore core,
    ILedger ledger,
    ILedgerAnnouncer announcer,
    AreaMetrics metrics,
    IOptions<AreaOptions> options,
    IGrainFactory grains,
    Whereabouts whereabouts,
    AreaCount count,
    TimeProvider time) : Grain, IAreaGrain, IAreaEdge, IAreaFalseCalls
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private AreaRecord _record = null!;
    private Reconciliation _edges = null!;
    private RegionReport _region = null!;
    private IGrainTimer? _reconcile;

    private string Area => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        count.Came();
        _edges = new Reconciliation(Area, this.AsReference<IAreaEdge>(), grains, core);
        _region = new RegionReport(Area, this.AsReference<IAreaEdge>(), grains);
        _record = new AreaRecord(Area, core, ledger, announcer, metrics, time);
        await _record.LoadAsync(cancellationToken);
        _region.Add(_record.State.Open);
        Reconcile([.. _record.State.Open.Where(incident => incident.Leaving is not null || core.Neighbours(Area, incident).Count > 0).Select(incident => incident.Id)]);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        count.Went();
        return Task.CompletedTask;
    }

    public async Task<OfferReceipt> OfferAsync(Immutable<Signal[]> signals, bool final, CancellationToken cancellation)
    {
        var batch = signals.Value;
        if (whereabouts.IsElsewhere(this.GetGrainId()))
            DeactivateOnIdle(); // After this batch: what it must remember is in the ledger.
        var redirects = final ? null : await RedirectsAsync(batch, cancellation);
        if (redirects is null)
            return new OfferReceipt((await DecideAsync(batch, (state, now) => core.Fold(Area, state, batch, now))).Outcomes, null);

        var own = Enumerable.Range(0, batch.Length).Where(i => redirects[i] is null).ToArray();
        var mine = own.Select(i => batch[i]).ToArray();
        var fold = await DecideAsync(mine, (state, now) => core.Fold(Area, state, mine, now));
        var outcomes = new SignalOutcome[batch.Length];
        for (var i = 0; i < own.Length; i++)
            outcomes[own[i]] = fold.Outcomes[i];
        return new OfferReceipt(outcomes, redirects);
    }

    public async Task<ActionResult> ActAsync(OperatorAction action, CancellationToken cancellation)
    {
        var result = await AskOtherAsync(action, cancellation);
        if (result != ActionResult.Done)
            return result;
        await DecideAsync([], (state, now) =>
        {
            (var fold, result) = core.Act(Area, state, action, now);
            return fold;
        });
        return result;
    }

    public Task TickAsync(CancellationToken cancellation) => DecideAsync([], (state, now) => core.Tick(Area, state, now));

    public Task ReviseAsync(HomeRevision home, CancellationToken cancellation) => DecideAsync([], (state, now) => core.Revise(Area, state, home, now));

    public async Task<bool> RestoreAsync(FalseCallRestoration restoration, CancellationToken cancellation)
    {
        var done = false;
        await DecideAsync([], (state, now) =>
        {
            (var fold, done) = core.Restore(Area, state, restoration, now);
            return fold;
        });
        return done;
    }

    public Task<bool[]> FollowsAsync(Immutable<Signal[]> signals, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return Task.FromResult(Array.ConvertAll(signals.Value, signal => core.Follows(_record.State, signal, now)));
    }

    public async Task ReconcileAsync(CancellationToken cancellation)
    {
        if (_edges.IsDue)
            await _edges.RunAsync(() => _record.State);
        if (_region.IsDue)
            await _region.RunAsync(() => _record.State, cancellation);
    }

    public Task ExplainAsync(IReadOnlyList<Surge> surges, CancellationToken cancellation) => DecideAsync([], (state, now) => core.Explain(Area, state, surges, now));

    public Task<IReadOnlyList<Match>> MatchAsync(Immutable<byte[]> incident, CancellationToken cancellation)
    {
        var theirs = Read(incident);
        return Task.FromResult<IReadOnlyList<Match>>([.. _record.State.Open
            .Where(ours => Association.IsSame(ours, theirs, core.Model))
            .Select(ours => new Match(ours.Id, Association.Precedes(ours, theirs)))]);
    }

    public Task ReconsiderAsync(string incident, CancellationToken cancellation)
    {
        Reconcile([incident]);
        return Task.CompletedTask;
    }

    public async Task<bool> TakeOverAsync(string into, Immutable<byte[]> incident, CancellationToken cancellation)
    {
        var taken = false;
        await DecideAsync([], (state, now) =>
        {
            (var fold, taken) = core.TakeOver(Area, state, into, Read(incident), now);
            return fold;
        });
        return taken;
    }

    public async Task<bool> HandOverAsync(Immutable<byte[]> taken, string into, string area, CancellationToken cancellation)
    {
        var done = false;
        await DecideAsync([], (state, now) =>
        {
            (var fold, done) = core.HandOver(Area, state, Read(taken), into, area, now);
            return fold;
        });
        return done;
    }

    public Task<ActionResult> MayTakeAsync(string into, Immutable<byte[]> incident, CancellationToken cancellation) =>
        Task.FromResult(core.MayTake(_record.State, into, Read(incident)));

    public Task StayAsync(string incident, CancellationToken cancellation) => DecideAsync([], (state, now) => core.Stay(Area, state, incident, now));

    private static Incident Read(Immutable<byte[]> incident) => JsonSerializer.Deserialize(incident.Value, LedgerJson.Lines.Incident)!;

    /// <summary>Before a merger across areas: whether the other area would take the incident. It only answers a question, and interleaves it.</summary>
    private async Task<ActionResult> AskOtherAsync(OperatorAction action, CancellationToken cancellation)
    {
        if (action is not { Verb: ActionVerb.Merge, Other: { } other, OtherArea: { } area } || area == Area
            || (await _record.CurrentAsync()).Open.FirstOrDefault(open => open.Id == action.Incident) is not { Leaving: null } incident)
        {
            return ActionResult.Done;
        }

        await Task.Yield(); // As before other questions: two areas that ask each other must not hold their locks meanwhile.
        var json = JsonSerializer.SerializeToUtf8Bytes(incident, LedgerJson.Lines.Incident);
        return await grains.GetGrain<IAreaEdge>(area).MayTakeAsync(other, new(json), cancellation);
    }

    /// <summary>Compares incidents with the neighbours', and reports to the region, as soon as this turn is over.</summary>
    private void Reconcile(IReadOnlyList<string> incidents)
    {
        _edges.Add(incidents);
        if (!_edges.IsDue && !_region.IsDue)
            return;
        if (!options.Value.ReconcilesByItself)
            return;
        _reconcile ??= this.RegisterGrainTimer(TryReconcileAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        _reconcile.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task TryReconcileAsync(CancellationToken cancellation)
    {
        try
        {
            await ReconcileAsync(cancellation);
        }
        finally
        {
            if (_edges.IsDue || _region.IsDue)
                _reconcile!.Change(AskAgain, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// Per signal the neighbouring area that follows it already, when this one does not; null when there is none at all. Neighbours only
    /// answer a question: they interleave it, so that two areas that ask each other do not wait for each other.
    /// </summary>
    private async Task<string?[]?> RedirectsAsync(Signal[] batch, CancellationToken cancellation)
    {
        var state = await _record.CurrentAsync();
        var now = time.GetUtcNow();
        string?[]? redirects = null;
        Dictionary<string, List<int>>? questions = null;
        for (var i = 0; i < batch.Length; i++)
        {
            if (batch[i].Target is not null)
                continue; // It came to the area that owns what it speaks about.
            if (core.TakenTo(state, batch[i]) is { } taker)
            {
                (redirects ??= new string?[batch.Length])[i] = taker;
                _record.Pass(batch[i]);
                continue;
            }

            var radius = core.Model.ReachM(batch[i].Kind);
            var reach = radius + Math.Min(batch[i].Place.UncertaintyM, radius);
            var near = Quadkey.Near(batch[i].Place, reach, options.Value.Zoom);
            if (near.Count == 0 || core.Follows(state, batch[i], now))
                continue;
            foreach (var neighbour in near)
            {
                questions ??= [];
                if (!questions.TryGetValue(neighbour, out var asked))
                    questions.Add(neighbour, asked = []);
                asked.Add(i);
            }
        }

        if (questions is null)
            return redirects;

        // Orleans runs a request up to its first await under the activation's lock, and a call takes the callee's lock: two areas that
        // ask each other there would wait for each other for ever.
        await Task.Yield();
        var answers = await Task.WhenAll(questions.OrderBy(q => q.Key, StringComparer.Ordinal).Select(async question =>
        {
            var asked = question.Value.Select(i => batch[i]).ToArray();
            return (question.Key, question.Value, Follows: await grains.GetGrain<IAreaGrain>(question.Key).FollowsAsync(new(asked), cancellation));
        }));
        foreach (var (neighbour, asked, follows) in answers)
        {
            for (var i = 0; i < asked.Count; i++)
            {
                if (follows[i])
                    (redirects ??= new string?[batch.Length])[asked[i]] ??= neighbour;
            }
        }

        return redirects;
    }

    /// <summary>Decides and commits. When it returns, everything that was decided is on disk.</summary>
    private async Task<FoldResult> DecideAsync(Signal[] batch, Func<AreaState, DateTimeOffset, FoldResult> decide)
    {
        var fold = await _record.DecideAsync(batch, decide);
        if (fold.Durable)
        {
            _region.Add(fold.Alarms);
            Reconcile(fold.Unmatched);
        }

        return fold;
    }
}
