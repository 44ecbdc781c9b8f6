using CivicSignals.Ingest.Pipeline;
using CivicSignals.Placement;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Intake;

/// <summary>
/// Brings messages to the machines that read them. Those for another machine gather for a moment, over all its shares, and go in one call; of a
/// share one batch is under way at a time, in order of arrival.
/// </summary>
internal sealed class IntakeRouter
{
    /// <summary>At 400 messages a second for one machine, a call carries a dozen; against the two seconds that an alert may take it is nothing.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);

    /// <summary>A machine that dies is noticed, and its shares are elsewhere, well within.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly SignalPipeline _pipeline;
    private readonly IGrainFactory _grains;
    private readonly Whereabouts _whereabouts;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private readonly Lock _gate = new();
    private readonly ShareQueue[] _shares;
    private readonly Dictionary<SiloAddress, List<ShareQueue>> _gathering = [];

    public IntakeRouter(SignalPipeline pipeline, IGrainFactory grains, Whereabouts whereabouts, TimeProvider time, ILogger<IntakeRouter> log)
    {
        (_pipeline, _grains, _whereabouts, _time, _log) = (pipeline, grains, whereabouts, time, log);
        _shares = [.. Enumerable.Range(0, Share.Count).Select(share => new ShareQueue(share, grains.GetGrain<IIntakeGrain>(share)))];
    }

    /// <summary>Takes a message to its share, 0..63. Promises as <see cref="SignalPipeline.AcceptAsync"/>.</summary>
    public Task<MessageOutcome> PostAsync(int share, in InboundMessage message)
    {
        var parcel = new Parcel(message);
        _pipeline.Backlog.Enter();
        lock (_gate)
        {
            var queue = _shares[share];
            queue.Add(parcel);
            if (!queue.IsBusy)
                Gather(queue);
        }

        return parcel.Settled.Task;
    }

    /// <summary>Puts a share's next batch to what leaves for its machine. To be called under the lock.</summary>
    private void Gather(ShareQueue queue)
    {
        queue.IsBusy = true;
        var silo = _whereabouts.Of(queue.Share.GetGrainId());
        if (_gathering.TryGetValue(silo, out var leaving))
        {
            leaving.Add(queue);
            return;
        }

        _gathering.Add(silo, leaving = [queue]);
        _ = CarryAsync(silo, leaving);
    }

    private async Task CarryAsync(SiloAddress silo, List<ShareQueue> leaving)
    {
        var isHere = silo == _whereabouts.Here;
        if (isHere)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        else
            await Task.Delay(Gathering, _time).ConfigureAwait(false);

        List<Load> loads;
        lock (_gate)
        {
            _gathering.Remove(silo);
            loads = Load.Pack(leaving, together: !isHere);
        }

        foreach (var load in loads)
            _ = DeliverAsync(silo, load);
    }

    private async Task DeliverAsync(SiloAddress silo, Load load)
    {
        var outcomes = await AtDeskAsync(silo, load) ?? await Task.WhenAll(load.Batches.Select(AtShareAsync));
        for (var i = 0; i < load.Batches.Count; i++)
            Settle(load.Batches[i].Parcels, outcomes[i]);
        lock (_gate)
        {
            foreach (var (queue, _) in load.Batches)
            {
                queue.IsBusy = false;
                if (!queue.IsEmpty)
                    Gather(queue);
            }
        }
    }

    private void Settle(Parcel[] parcels, MessageOutcome[]? outcomes)
    {
        for (var i = 0; i < parcels.Length; i++)
        {
            _pipeline.Backlog.Leave();
            parcels[i].Settled.SetResult(outcomes is null ? _pipeline.Fail(Reasons.IntakeUnavailable) : outcomes[i]);
        }
    }

    /// <summary>Null: each share is to be asked by itself, for it is here, or not where it was thought to be.</summary>
    private async Task<MessageOutcome[]?[]?> AtDeskAsync(SiloAddress silo, Load load)
    {
        if (silo == _whereabouts.Here)
            return null;
        try
        {
            var outcomes = await _grains.GetGrain<IIntakeDesk>(silo.ToParsableString()).TakeAsync(load.ToMessages());
            return load.IsAnsweredBy(outcomes) ? outcomes : null;
        }
        catch (Exception e)
        {
            IngestLog.DeskFailed(_log, e, silo, load.Batches.Count);
            return null;
        }
    }

    /// <summary>Null: no machine took it for as long as it was tried. What was taken and not answered is only repeated.</summary>
    private async Task<MessageOutcome[]?> AtShareAsync((ShareQueue Queue, Parcel[] Parcels) batch)
    {
        var messages = Array.ConvertAll(batch.Parcels, parcel => parcel.Message);
        for (var begun = _time.GetTimestamp(); ;)
        {
            try
            {
                var outcomes = await batch.Queue.Share.TakeAsync(new(messages), CancellationToken.None);
                return outcomes.Length == messages.Length ? outcomes : throw new InvalidOperationException($"the share answered {outcomes.Length} outcomes for {messages.Length} messages");
            }
            catch (Exception) when (_time.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(Pause, _time);
            }
            catch (Exception e)
            {
                IngestLog.ShareFailed(_log, e, messages.Length);
                return null;
            }
        }
    }
}
