using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Intake;

/// <summary>Messages on their way to one share, in order of arrival. One batch is under way at a time; what comes meanwhile is the next one.</summary>
internal sealed class ShareMailbox(IIntakeGrain share, SignalPipeline pipeline, TimeProvider time, ILogger log)
{
    /// <summary>A machine that dies is noticed, and its shares are elsewhere, well within.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Queue<Parcel> _waiting = new();
    private bool _busy;

    public Task<MessageOutcome> PostAsync(in InboundMessage message)
    {
        var parcel = new Parcel(message);
        pipeline.Backlog.Enter();
        lock (_gate)
        {
            _waiting.Enqueue(parcel);
            if (_busy)
                return parcel.Settled.Task;
            _busy = true;
        }

        _ = EmptyAsync();
        return parcel.Settled.Task;
    }

    private async Task EmptyAsync()
    {
        while (Next() is { Length: > 0 } batch)
        {
            var outcomes = await TakeAsync(batch);
            for (var i = 0; i < batch.Length; i++)
            {
                pipeline.Backlog.Leave();
                batch[i].Settled.SetResult(outcomes is null ? pipeline.Fail(Reasons.IntakeUnavailable) : outcomes[i]);
            }
        }
    }

    private Parcel[] Next()
    {
        lock (_gate)
        {
            var batch = new Parcel[Math.Min(_waiting.Count, Share.MostAtOnce)];
            for (var i = 0; i < batch.Length; i++)
                batch[i] = _waiting.Dequeue();
            _busy = batch.Length > 0;
            return batch;
        }
    }

    /// <summary>Null: no machine took it for as long as it was tried. What was taken and not answered is only repeated.</summary>
    private async Task<MessageOutcome[]?> TakeAsync(Parcel[] batch)
    {
        var messages = Array.ConvertAll(batch, parcel => parcel.Message);
        for (var begun = time.GetTimestamp(); ;)
        {
            try
            {
                var outcomes = await share.TakeAsync(new(messages), CancellationToken.None);
                return outcomes.Length == batch.Length ? outcomes : throw new InvalidOperationException($"the share answered {outcomes.Length} outcomes for {batch.Length} messages");
            }
            catch (Exception) when (time.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(Pause, time);
            }
            catch (Exception e)
            {
                IngestLog.ShareFailed(log, e, batch.Length);
                return null;
            }
        }
    }

    private sealed class Parcel(in InboundMessage message)
    {
        public InboundMessage Message { get; } = message;

        public TaskCompletionSource<MessageOutcome> Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
