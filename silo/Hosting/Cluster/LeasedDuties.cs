using System.Collections.Concurrent;
using CivicSignals.Duties;
using CivicSignals.Ledger;
using CivicSignals.Silo.Storage.Postgres;
using CivicSignals.Silo.Telemetry;

namespace CivicSignals.Silo.Hosting.Cluster;

/// <summary>
/// Duties as leases in the database that all silos share: whoever holds one renews it every second, and stops its work before another may begin, also when the
/// database cannot be reached. A silo that dies is followed within <see cref="Lease"/>.
/// </summary>
internal sealed class LeasedDuties(PostgresLeases leases, string holder, TimeProvider time, ILogger<LeasedDuties> log) : IDuties
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);

    /// <summary>The work is stopped so long before its lease ends by our clock: what is under way needs a moment to end.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(0.5);

    /// <summary>Without a renewal for so long it is given up: the next try, which waits and is waited for, would end too late.</summary>
    private static readonly TimeSpan Longest = Lease - Margin - (2 * Renewal);

    private readonly ConcurrentDictionary<string, bool> _held = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Held => [.. _held.Keys];

    /// <inheritdoc/>
    public async Task RunAsync(string duty, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var asked = time.GetTimestamp();
            if (await TryTakeAsync(duty) == true)
            {
                log.DutyTaken(duty);
                _held[duty] = true;
                await HoldAsync(duty, work, asked, cancellation);
                _held.TryRemove(duty, out _);
            }

            await Task.Delay(Renewal, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HoldAsync(string duty, Func<CancellationToken, Task> work, long asked, CancellationToken cancellation)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = RunAsync(work, duty, lost.Token);
        var renewed = asked;
        while (!working.IsCompleted && !cancellation.IsCancellationRequested)
        {
            await Task.WhenAny(working, Task.Delay(Renewal, time, cancellation));
            asked = time.GetTimestamp();
            if (await TryTakeAsync(duty) is { } holds)
            {
                if (!holds)
                    break;
                renewed = asked;
            }
            else if (time.GetElapsedTime(renewed) > Longest)
            {
                break;
            }
        }

        await lost.CancelAsync();
        await working;
        await TryGiveUpAsync(duty);
        log.DutyLeft(duty);
    }

    private async Task RunAsync(Func<CancellationToken, Task> work, string duty, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopping, or the duty is another's.
        }
        catch (Exception e)
        {
            log.DutyFailed(e, duty);
        }
    }

    /// <summary>Whether the duty is ours now; null: the database did not say in time.</summary>
    private async Task<bool?> TryTakeAsync(string duty)
    {
        try
        {
            return await leases.TakeAsync(duty, holder, Lease).WaitAsync(Renewal, time);
        }
        catch (Exception e) when (e is LedgerUnavailableException or TimeoutException)
        {
            return null;
        }
    }

    private async Task TryGiveUpAsync(string duty)
    {
        try
        {
            await leases.GiveUpAsync(duty, holder).WaitAsync(Renewal, time);
        }
        catch (Exception e) when (e is LedgerUnavailableException or TimeoutException)
        {
            // It ends by itself.
        }
    }
}
