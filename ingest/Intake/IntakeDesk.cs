using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Placement;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CivicSignals.Ingest.Intake;

/// <inheritdoc/>
[Reentrant, NamedSiloPlacement]
internal sealed class IntakeDesk(IGrainFactory grains, HomesDialect homes, TimeProvider time, ILogger<IntakeDesk> log) : Grain, IIntakeDesk
{
    /// <summary>
    /// How long messages wait for those that another machine received before them: more than <see cref="IntakeRouter.Gathering"/> by what a call takes.
    /// </summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(30);

    // Kept: to make a reference costs more than the call.
    private readonly IIntakeGrain[] _shares = [.. Enumerable.Range(0, Share.Count).Select(share => grains.GetGrain<IIntakeGrain>(share))];
    private readonly bool[] _failing = new bool[Share.Count];
    private readonly OrderWindow _window = new(topic => homes.IsMetadata(topic));
    private bool _isTurning;

    public Task<MessageOutcome[]?[]> TakeAsync(IntakeBatch[] batches)
    {
        var held = Array.ConvertAll(batches, batch => _window.Add(batch));
        if (!_isTurning)
            _ = TurnAsync();
        return Task.WhenAll(held.Select(batch => batch.Settled));
    }

    private async Task TurnAsync()
    {
        _isTurning = true;
        while (!_window.IsEmpty)
        {
            await Task.Delay(Turn, time);
            foreach (var share in _window.Turn().GroupBy(held => held.Share))
            {
                foreach (var messages in share.Chunk(Share.MostAtOnce))
                    _ = ReadAsync(share.Key, messages);
            }
        }

        _isTurning = false;
    }

    private async Task ReadAsync(int share, HeldMessage[] messages)
    {
        try
        {
            var outcomes = await _shares[share].TakeAsync(new(Array.ConvertAll(messages, held => held.Message)), CancellationToken.None);
            if (outcomes.Length != messages.Length)
                throw new InvalidOperationException($"the share answered {outcomes.Length} outcomes for {messages.Length} messages");
            for (var i = 0; i < messages.Length; i++)
                messages[i].Batch.Settle(messages[i].Index, outcomes[i]);
            _failing[share] = false;
        }
        catch (Exception e)
        {
            // A machine that stops or dies takes its shares with it: they come up elsewhere, and that is in the log already.
            if (e is not (SiloUnavailableException or OrleansMessageRejectionException))
            {
                if (!_failing[share])
                    IngestLog.ShareNotRead(log, e, share);
                _failing[share] = true;
            }

            foreach (var held in messages)
                held.Batch.Refuse();
        }
    }
}
