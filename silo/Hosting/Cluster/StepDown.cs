using CivicSignals.Ledger;
using CivicSignals.Silo.Telemetry;
using CivicSignals.Silos;

namespace CivicSignals.Silo.Hosting.Cluster;

/// <summary>
/// Ends a silo that alone does not reach the ledger. To the others it is a healthy member, and so the areas and senders that stand on it would wait, though
/// another silo could go on with them. When nobody reaches the ledger, it is the ledger that is away: all stay and wait, and when it is back, each has as long
/// as before to find it.
/// </summary>
/// <param name="ledger">Reading is enough: a ledger that can be read and not written is so for all silos.</param>
/// <param name="sight">When it was last reached.</param>
/// <param name="membership">The other silos.</param>
/// <param name="here">This one.</param>
/// <param name="grains">To ask the others.</param>
/// <param name="end">Ends the process at once, with a reason: an orderly stop would wait for the ledger.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it says so.</param>
internal sealed class StepDown(
    ILedgerReader ledger, LedgerSight sight, IClusterMembershipService membership, ILocalSiloDetails here, IGrainFactory grains, Action<string> end, TimeProvider time, ILogger<StepDown> log)
    : BackgroundService
{
    /// <summary>A connection that breaks, or a server that is started again, is back well within.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping anyway.
        }
    }

    internal async Task LookAsync(CancellationToken stoppingToken)
    {
        if (await ReachesAsync(stoppingToken))
        {
            sight.Reach();
            return;
        }

        if (sight.Away < Patience || await LongestOfOthersAsync(stoppingToken) < Patience)
            return;
        log.SteppingDown(sight.Away);
        end($"the ledger has been out of this silo's reach for {sight.Away.TotalSeconds:F0} s, and another silo reaches it");
    }

    private async Task<bool> ReachesAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Answer);
        try
        {
            await ledger.HeadAsync(patience.Token);
            return true;
        }
        catch (Exception e) when (e is LedgerUnavailableException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>For how long another silo has reached the ledger without a break; zero: none does.</summary>
    private async Task<TimeSpan> LongestOfOthersAsync(CancellationToken stoppingToken)
    {
        var others = membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active && member.SiloAddress != here.SiloAddress);
        var answers = await Task.WhenAll(others.Select(member => LastingAsync(member.SiloAddress, stoppingToken)));
        return answers.DefaultIfEmpty(TimeSpan.Zero).Max();
    }

    private async Task<TimeSpan> LastingAsync(SiloAddress silo, CancellationToken stoppingToken)
    {
        try
        {
            return await grains.GetGrain<ILedgerWitness>(silo.ToParsableString()).LastingAsync(stoppingToken).WaitAsync(Answer, stoppingToken);
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            return TimeSpan.Zero; // Who does not answer is no witness.
        }
    }
}
