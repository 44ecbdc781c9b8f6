using System.Collections.Concurrent;
using CivicSignals.Areas;
using CivicSignals.Signals;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CivicSignals.Ingest.Pipeline;

/// <summary>Carries signals to the areas that own their places, batch by batch.</summary>
internal sealed class AreaMailboxes(IGrainFactory grains, TimeProvider time, IngestMetrics metrics, ILogger log)
{
    private const int Attempts = 3;

    /// <summary>An area whose machine has died comes up on another within a few seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, AreaMailbox> _mailboxes = new();

    /// <summary>Posts together what was said together, so that timing does not decide whether it is weighed as one.</summary>
    public void Post(string area, ReadOnlySpan<Posting> postings)
    {
        while (!_mailboxes.GetOrAdd(area, static (key, self) => new AreaMailbox(key, self), this).TryPost(postings))
        {
        }
    }

    public void Remove(AreaMailbox mailbox) => _mailboxes.TryRemove(KeyValuePair.Create(mailbox.Area, mailbox));

    /// <summary>Offers one batch and settles each of its signals; never throws. What it settles as weighed is on disk.</summary>
    public async Task OfferAsync(string area, Posting[] batch)
    {
        metrics.Batch(batch.Length);
        if (await TryOfferAsync(area, batch) is { } receipt)
        {
            Settle(batch, receipt);
            return;
        }

        foreach (var posting in batch)
            posting.Message.Failed();
    }

    /// <summary>Null: the area did not take it, as often as it was tried.</summary>
    private async Task<OfferReceipt?> TryOfferAsync(string area, Posting[] batch)
    {
        var signals = new Immutable<Signal[]>(Array.ConvertAll(batch, posting => posting.Signal));
        var begun = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var receipt = await grains.GetGrain<IAreaGrain>(area).OfferAsync(signals, batch[0].Final, CancellationToken.None);
                return receipt.Outcomes.Length == batch.Length && (receipt.Redirects?.Length ?? batch.Length) == batch.Length
                    ? receipt
                    : throw new InvalidOperationException($"the area answered {receipt.Outcomes.Length} outcomes for {batch.Length} signals");
            }
            catch (Exception e) when (IsOfTheCluster(e) && time.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(Pause, time);
            }
            catch (Exception) when (attempt < Attempts)
            {
                // Again, at once: an activation that lost a race reloads, and what was committed before is only repeated.
            }
            catch (Exception e)
            {
                IngestLog.AreaFailed(log, e, batch.Length, Attempts);
                return null;
            }
        }
    }

    private static bool IsOfTheCluster(Exception e) => e is SiloUnavailableException or OrleansMessageRejectionException;

    private void Settle(Posting[] batch, OfferReceipt receipt)
    {
        List<(string Follower, Posting Posting)>? redirected = null;
        for (var i = 0; i < batch.Length; i++)
        {
            if (!batch[i].Final && receipt.Redirects?[i] is { } follower)
                (redirected ??= []).Add((follower, batch[i] with { Final = true }));
            else
                batch[i].Message.Weighed(receipt.Outcomes[i]);
        }

        foreach (var group in redirected?.GroupBy(r => r.Follower, r => r.Posting) ?? [])
            Post(group.Key, [.. group]);
    }
}
