using System.Collections.Concurrent;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Placement;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Intake;

/// <summary>
/// Brings messages to the machines that read them. Those for one machine, this one too, gather for a moment, over all its shares, and go in one call.
/// What a machine does not take is tried again, at the one that has its share then, and what came after it for the same share waits behind it.
/// </summary>
internal sealed class IntakeRouter
{
    /// <summary>At 500 messages a second for one machine, a call carries ten; against the two seconds that an alert may take it is nothing.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>Before what was not taken is tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A machine that dies is noticed, and its shares are elsewhere, well within.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SignalPipeline _pipeline;
    private readonly IGrainFactory _grains;
    private readonly Whereabouts _whereabouts;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private readonly Lock _gate = new();
    private readonly ShareQueue[] _shares;
    private readonly List<ShareQueue> _leaving = [];
    private readonly ConcurrentDictionary<SiloAddress, IIntakeDesk> _desks = []; // Kept: to make a reference costs more than the call.
    private long _posted;

    public IntakeRouter(SignalPipeline pipeline, IGrainFactory grains, Whereabouts whereabouts, TimeProvider time, ILogger<IntakeRouter> log)
    {
        (_pipeline, _grains, _whereabouts, _time, _log) = (pipeline, grains, whereabouts, time, log);
        _shares = [.. Enumerable.Range(0, Share.Count).Select(share => new ShareQueue(share, grains.GetGrain<IIntakeGrain>(share).GetGrainId()))];
    }

    /// <summary>Takes a message to its share, 0..63. Promises as <see cref="SignalPipeline.AcceptAsync"/>.</summary>
    public Task<MessageOutcome> PostAsync(int share, in InboundMessage message)
    {
        _pipeline.Backlog.Enter();
        lock (_gate)
        {
            var parcel = new Parcel(_posted++, _time.GetTimestamp(), message);
            _shares[share].Add(parcel);
            Gather(_shares[share]);
            return parcel.Settled.Task;
        }
    }

    /// <summary>
    /// Asks each machine for nothing: the first message then finds connections and calls that have been made before. Never fails.
    /// </summary>
    public Task RehearseAsync(CancellationToken cancellation) =>
        Task.WhenAll(_shares.Select(queue => _whereabouts.Of(queue.Share)).Distinct().Select(silo => AskAsync(silo, Load.Empty)).ToList()).WaitAsync(cancellation);

    /// <summary>Puts a share to what leaves next. To be called under the lock.</summary>
    private void Gather(ShareQueue queue)
    {
        if (queue.IsLeaving || queue.IsHeld)
            return;
        queue.IsLeaving = true;
        _leaving.Add(queue);
        if (_leaving.Count == 1)
            _ = LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        await Task.Delay(Gathering, _time).ConfigureAwait(false);
        List<(SiloAddress Silo, List<Load> Loads)> leaving;
        lock (_gate)
        {
            _leaving.ForEach(queue => queue.IsLeaving = false);
            leaving = [.. _leaving.Where(queue => !queue.IsHeld).GroupBy(queue => _whereabouts.Of(queue.Share)).Select(to => (to.Key, Load.Pack(to)))];
            _leaving.Clear();
        }

        foreach (var (silo, loads) in leaving)
        {
            foreach (var load in loads)
                _ = DeliverAsync(silo, load);
        }
    }

    private async Task DeliverAsync(SiloAddress silo, Load load)
    {
        var outcomes = await AskAsync(silo, load);
        for (var i = 0; i < load.Batches.Count; i++)
        {
            var (queue, parcels) = load.Batches[i];
            if (outcomes.ElementAtOrDefault(i) is { } settled && settled.Length == parcels.Length)
                Settle(parcels, settled);
            else
                Return(queue, parcels);
        }
    }

    /// <summary>The outcomes by batch; where there is none, the batch was not taken, or not all of it. What was taken and not answered is a repeat when it comes again.</summary>
    private async Task<MessageOutcome[]?[]> AskAsync(SiloAddress silo, Load load)
    {
        try
        {
            return await _desks.GetOrAdd(silo, silo => _grains.GetGrain<IIntakeDesk>(silo.ToParsableString())).TakeAsync(load.ToMessages());
        }
        catch (Exception e)
        {
            IngestLog.DeskFailed(_log, e, silo, load.Batches.Count);
            return [];
        }
    }

    private void Settle(Parcel[] parcels, MessageOutcome[] outcomes)
    {
        for (var i = 0; i < parcels.Length; i++)
        {
            _pipeline.Backlog.Leave();
            parcels[i].Settled.SetResult(outcomes[i]);
        }
    }

    private void Return(ShareQueue queue, Parcel[] parcels)
    {
        var again = Array.FindAll(parcels, parcel => _time.GetElapsedTime(parcel.PostedAt) < Patience);
        if (again.Length < parcels.Length)
            GiveUp(parcels.Except(again));
        lock (_gate)
        {
            queue.Return(again);
            if (queue.IsHeld)
                return;
            queue.IsHeld = true;
        }

        _ = TryAgainAsync(queue);
    }

    private async Task TryAgainAsync(ShareQueue queue)
    {
        await Task.Delay(Pause, _time).ConfigureAwait(false);
        lock (_gate)
        {
            queue.IsHeld = false;
            if (!queue.IsEmpty)
                Gather(queue);
        }
    }

    private void GiveUp(IEnumerable<Parcel> parcels)
    {
        var count = 0;
        foreach (var parcel in parcels)
        {
            count++;
            _pipeline.Backlog.Leave();
            parcel.Settled.SetResult(_pipeline.Fail(Reasons.IntakeUnavailable));
        }

        IngestLog.ShareFailed(_log, count);
    }
}
